import { ConnectError } from "@connectrpc/connect";
import { untilAborted } from "@triptych/rpc-web";

/** How a stream that a person started came to its end. */
export type StreamOutcome =
  /** The server ended it without an error. */
  | { readonly kind: "done" }
  /** It was stopped from this side. */
  | { readonly kind: "cancelled" }
  /** It ended with an error. */
  | { readonly kind: "failed"; readonly error: ConnectError };

/**
 * Reads a stream to its end and tells of every message. Once the signal is aborted nothing more is told and the outcome
 * is `cancelled`, whatever the call does. Never rejects.
 */
export async function collectStream<M>(
  open: (signal: AbortSignal) => AsyncIterable<M>,
  signal: AbortSignal,
  onMessage: (message: M) => void,
): Promise<StreamOutcome> {
  try {
    for await (const message of untilAborted(open(signal), signal)) onMessage(message);
    return { kind: "done" };
  } catch (reason) {
    return signal.aborted ? { kind: "cancelled" } : { kind: "failed", error: ConnectError.from(reason) };
  }
}
