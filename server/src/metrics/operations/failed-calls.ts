import { levelOf } from "../../interceptors/log-calls.ts";
import type { CallObserver } from "../../interceptors/observe-calls.ts";
import type { FailedCall } from "../../services/operations/domain/server-figures.ts";

/** How many are kept. */
const KEPT = 20;

/** The latest calls that the server is to blame for: those that the log has as warnings and errors. */
export class FailedCalls {
  private calls: readonly FailedCall[] = [];

  readonly observer: CallObserver = {
    ended: (ended) => {
      const level = levelOf(ended);
      if (level !== "error" && level !== "warn") return;
      const { method, protocol, code, isFault, milliseconds, traceId, requestId } = ended;
      const call = { method, protocol, code, isFault, seconds: milliseconds / 1_000, traceId, requestId };
      this.calls = [{ ...call, time: new Date() }, ...this.calls.slice(0, KEPT - 1)];
    },
  };

  /** The latest first. */
  get latest(): readonly FailedCall[] {
    return this.calls;
  }
}
