import type { CallsInFlight } from "../calls-in-flight.ts";
import type { DirectMethod } from "../direct/direct-method.ts";
import type { RunningHandlers } from "../running-handlers.ts";
import type { SocketLimits } from "./socket-limits.ts";

/** What calls over one socket work with. */
export interface SocketContext {
  readonly methods: ReadonlyMap<string, DirectMethod>;
  /** The handlers that run for the socket. */
  readonly handlers: RunningHandlers;
  /** Where every call counts. */
  readonly flights: CallsInFlight;
  readonly limits: SocketLimits;
  /** Aborted, with a ConnectError, when the server starts to drain. */
  readonly draining: AbortSignal;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}
