import type { Call } from "./call.ts";

/** How a call ended. */
export interface CallOutcome {
  /** What it failed with, as its client is sent it; undefined when it went well. */
  readonly error: unknown;
  /** Whether that is the doing of its client, or of whatever else ended the call from outside: a message that cannot be read, a reset, a deadline, a drain. */
  readonly isFromOutside: boolean;
}

/** What is notified of all calls, without the cost of an interceptor. Must not throw. */
export interface CallObserver {
  /** A call of a method has started. */
  started?(call: Call): void;
  /** A message of its request was read, which is so many bytes long, decompressed. */
  received?(call: Call, bytes: number): void;
  /** A message of its response was made, which is so many bytes long before it is compressed. */
  sent?(call: Call, bytes: number): void;
  /**
   * It has waited for something: before its implementation ran, for a request gate that gives a promise or an interceptor; with any message of its
   * request, for its turn to decompress. What is there at once is no wait. Times are in milliseconds of `performance.now`.
   */
  waited?(call: Call, wait: { readonly what: string; readonly from: number; readonly to: number }): void;
  /** It has ended: it has its response, it failed, or its client has disconnected. Called once for each call that has started. */
  ended(call: Call, outcome: CallOutcome): void;
}
