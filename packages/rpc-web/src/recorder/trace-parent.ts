import type { Interceptor } from "@connectrpc/connect";
import type { HeaderEntry } from "./call-recorder.ts";

const NAME = "traceparent";
const FORM = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/**
 * An interceptor that begins a trace with each call made while `isKept`, by a `traceparent` of the W3C's Trace Context: the server learns the id, and
 * that the trace is kept. A call that has one keeps it. For calls to servers of one's own: to others the id is of no use.
 */
export function sendTraceParent(isKept: () => boolean): Interceptor {
  return (next) => (request) => {
    if (isKept() && !request.header.has(NAME)) request.header.set(NAME, `00-${hexadecimal(16)}-${hexadecimal(8)}-01`);
    return next(request);
  };
}

/** The id of the trace that request headers name: 32 hexadecimal digits. Undefined where they name none. */
export function traceIdOf(headers: readonly HeaderEntry[]): string | undefined {
  return FORM.exec(headers.find(([name]) => name === NAME)?.[1] ?? "")?.[1];
}

/** So many random bytes, two digits each. */
function hexadecimal(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
