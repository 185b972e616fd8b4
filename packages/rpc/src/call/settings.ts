import type { ContextValues, HandlerContext } from "@connectrpc/connect";
import type { ConcurrencyLimit } from "../messages/concurrency-limit.ts";
import type { RequestBytes } from "../messages/request-bytes.ts";
import type { Call } from "./call.ts";
import type { CallsInFlight } from "./calls-in-flight.ts";
import type { FairShare } from "./fair-share.ts";
import type { LoadShedder } from "./load-shedder.ts";
import type { CallObserver } from "./observer.ts";
import type { RunningHandlers } from "./running-handlers.ts";

/** What of a call is known when it begins. */
export type CallStart = Pick<
  HandlerContext,
  "service" | "method" | "requestMethod" | "protocolName" | "requestHeader" | "url"
>;

/**
 * What a request gate still has to do: a promise that rejects with what the call ends with; or what makes that promise, where a credential has to be looked at of
 * which nothing is known: not called where the address of the call has shown too many that were good for nothing.
 */
export type GateWork = Promise<void> | (() => Promise<void>);

/** What all calls of a server share. */
export interface CallSettings {
  /** The largest request message, in bytes. */
  readonly readMaxBytes: number;
  /** How long a client may send nothing of the only message of a call, in milliseconds. */
  readonly readTimeoutMs: number;
  /** Smaller messages are not compressed, in bytes. */
  readonly compressMinBytes: number;
  /** Where the bytes of incomplete messages count. */
  readonly requestBytes: RequestBytes;
  /** The turns in which compressed messages are decompressed. */
  readonly decompression: ConcurrencyLimit;
  readonly running: RunningHandlers;
  /** Where every call is tracked. */
  readonly calls: CallsInFlight;
  /** Makes the context values that a call begins with, of its context; none unless given. */
  readonly contextValues?: ((call: CallStart) => ContextValues) | undefined;
  /** Run before the body of a call is read; what it throws is what the call ends with. One that returns nothing lets it pass at once. */
  readonly requestGate?: ((context: HandlerContext, call: Call) => GateWork | undefined) | undefined;
  /** What shares the server out among callers; they take what they like unless given. */
  readonly fairShare?: FairShare | undefined;
  /** What sheds calls while the event loop is overloaded; none is shed unless given. */
  readonly loadShedder?: LoadShedder | undefined;
  /** Makes the error that clients are sent of what a call failed with; as it is unless given. */
  readonly mapError?: ((error: unknown) => unknown) | undefined;
  readonly observer?: CallObserver | undefined;
  /** Runs what serves a call, at once: within an `AsyncLocalStorage`, say. Must not throw. */
  readonly around?: ((call: Call, run: () => void) => void) | undefined;
  /** Called with what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}
