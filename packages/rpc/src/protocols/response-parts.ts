import type { OutgoingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import type { LazyHeaders } from "../call/lazy-headers.ts";
import type { Envelope } from "./envelope.ts";
import { wellFormedError } from "./well-formed.ts";

/** How a call whose messages are in envelopes ends: with a last envelope of its body, or with trailers. */
export interface EndOfCall {
  readonly envelope: Envelope | undefined;
  readonly trailers: OutgoingHttpHeaders | undefined;
}

/** The error that clients are sent of what a call failed with: what is no `ConnectError` is INTERNAL, without its text. */
export function errorForClients(error: unknown): ConnectError {
  if (error instanceof ConnectError) return wellFormedError(error);
  return new ConnectError("internal error", Code.Internal, undefined, undefined, error);
}

/** What Node takes for the value of a header, which is less than `Headers` does. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** White space around a value is no part of it (RFC 9110, section 5.5), and HTTP/2 does not allow it; what was appended to nothing has some. */
const SPACE = new Set(["\t", " "]);

/** Not by a pattern, which would try again at each space within a long value. */
function withoutSurroundingSpace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && SPACE.has(value.charAt(start))) start += 1;
  while (end > start && SPACE.has(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

const FRAMING_HEADERS = new Set(["content-length", "transfer-encoding"]);

/**
 * Whether a header, by its name in lower case, says where a body ends. Only what sends the body knows: one that an implementation sets would
 * leave clients waiting, and the next response of an HTTP/1.1 connection in the middle of this one.
 */
export function isFramingHeader(name: string): boolean {
  return FRAMING_HEADERS.has(name);
}

/** Headers as they are sent, without those that frame the body. TypeError for a value that HTTP has no way to carry. */
export function sendable(headers: Headers): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const [name, given] of headers) {
    if (isFramingHeader(name)) continue;
    const value = withoutSurroundingSpace(given);
    if (!SENDABLE.test(value)) throw new TypeError(`the header ${name} has characters that HTTP does not carry`);
    const known = sent[name];
    // A cookie is the one header that comes more than once.
    sent[name] = known === undefined ? value : [known, value].flat().map(String);
  }
  return sent;
}

/** The headers of a response as they are now: those nobody has changed are shared by all calls. */
export function headersNow(headers: LazyHeaders, unchanged: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return headers.changed === undefined ? unchanged : sendable(headers.changed);
}
