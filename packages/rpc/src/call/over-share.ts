import { Code, type ConnectError } from "@connectrpc/connect";
import { isRetryLater, retryLater } from "./retry-later.ts";

/** What of a share is used up. */
export type ShareLimit = "rate" | "calls" | "streams" | "bytes";

const TEXTS: Readonly<Record<ShareLimit, string>> = {
  rate: "the caller makes too many calls, or too costly ones",
  calls: "the caller has too many calls in flight",
  streams: "the caller has too many streams open",
  bytes: "the caller sends too many messages at once that are not complete",
};

/** When to try again where that is not known, as with calls in flight, in milliseconds. */
const UNKNOWN_MS = 1_000;
const MAX_MS = 60_000;

const made = new Map<string, ConnectError>();

/**
 * The error of a call that its caller has no share left for: RESOURCE_EXHAUSTED with a `google.rpc.RetryInfo` and `grpc-retry-pushback-ms`, rounded up. One for
 * all calls that may be tried again in as long: to make one takes as long as many a handler.
 */
export function overShare(limit: ShareLimit, retryInMs: number = UNKNOWN_MS): ConnectError {
  const step = retryInMs < 1_000 ? 100 : 1_000;
  const rounded = Math.min(MAX_MS, Math.max(1, Math.ceil(retryInMs / step)) * step);
  const key = `${limit} ${rounded}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const error = retryLater(Code.ResourceExhausted, `${TEXTS[limit]}: try again in ${rounded} ms`, rounded);
  made.set(key, error);
  return error;
}

/** Whether a call has failed for the share of its caller: that is nothing that the server is to blame for. */
export function isOverShare(error: unknown): error is ConnectError {
  return isRetryLater(error) && error.code === Code.ResourceExhausted;
}
