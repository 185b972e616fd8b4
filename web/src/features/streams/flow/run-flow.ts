import type { Client } from "@connectrpc/connect";
import type { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { untilAborted } from "@triptych/rpc-web";
import type { PageEnvironment } from "../../../hooks/stream-environment.ts";
import type { FlowMeter } from "./flow-meter.ts";

/** What a flow works with. */
export interface FlowOptions {
  readonly client: Client<typeof CalculatorService>;
  readonly environment: Pick<PageEnvironment, "now" | "schedule">;
  readonly meter: FlowMeter;
  /** How many answers a second are read at most, as of now; 0 reads none, infinity all at once. */
  readonly pace: () => number;
  readonly signal: AbortSignal;
}

/** How many numbers are sent before others in the page have a turn, and how long that is, in milliseconds. */
const burst = 10;
const turn = 10;
/** How often a reader that is paused looks whether it may go on, in milliseconds. */
const glance = 50;

/**
 * Sends numbers as fast as the other end takes them, at most a thousand a second, and reads the answers at its own pace, until the signal
 * is aborted. Rejects with the error of the call.
 */
export async function runFlow({ client, environment, meter, pace, signal }: FlowOptions): Promise<void> {
  const wait = (ms: number) => waitFor(ms, environment, signal);
  async function* numbers() {
    for (let sent = 1; !signal.aborted; sent += 1) {
      meter.offered(environment.now());
      // It goes on once the connection asks for the next one, which is what a sender that is held up waits for.
      yield { number: 1 };
      meter.sent(environment.now());
      if (sent % burst === 0) await wait(turn);
    }
  }
  for await (const _answer of untilAborted(client.runningTotal(numbers(), { signal }), signal)) {
    meter.received(environment.now());
    while (pace() === 0 && !signal.aborted) await wait(glance);
    if (Number.isFinite(pace()) && pace() > 0) await wait(1_000 / pace());
  }
}

/** Resolves after a time, or as soon as the signal is aborted. */
function waitFor(ms: number, { schedule }: FlowOptions["environment"], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const onAbort = () => {
      cancel();
      resolve();
    };
    const cancel = schedule(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
