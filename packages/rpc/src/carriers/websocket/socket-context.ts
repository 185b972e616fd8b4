import type { Peer } from "../../call/call.ts";
import type { Method } from "../../call/method.ts";
import type { RunningHandlers } from "../../call/running-handlers.ts";
import type { CallSettings } from "../../call/settings.ts";
import type { OptionsReader } from "../../protocols/call-options.ts";
import type { SocketLimits } from "./socket-limits.ts";

/** What calls over one socket work with. */
export interface SocketContext {
  readonly methods: ReadonlyMap<string, Method>;
  readonly settings: CallSettings;
  readonly readOptions: OptionsReader;
  /** The handlers that run for the socket. */
  readonly handlers: RunningHandlers;
  readonly limits: SocketLimits;
  /** The other end of the socket. */
  readonly peer: Peer;
  /** What stands before the path of every method; empty for nothing. */
  readonly pathPrefix: string;
  /** Aborted, with a ConnectError, when the server starts to drain. */
  readonly shutdownSignal: AbortSignal;
}
