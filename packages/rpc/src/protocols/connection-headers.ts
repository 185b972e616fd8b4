import type { OutgoingHttpHeaders } from "node:http";

/** What HTTP/1.1 says of a connection, which HTTP/2 says otherwise and must not carry. */
const names = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** Whether HTTP/2 must not carry a header, by its name in lower case. */
export function isConnectionHeader(name: string): boolean {
  return names.has(name);
}

/**
 * The headers that HTTP/2 can carry. Node throws for the others, for trailers so late that nobody could catch it: an implementation that
 * names one of them must not end the process.
 */
export function withoutConnectionHeaders(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isConnectionHeader(name)));
}

const framing = new Set(["content-length", "transfer-encoding"]);

/**
 * Whether a header, by its name in lower case, says where a body ends. Only what sends the body knows: one that an implementation sets would
 * leave clients waiting, and the next answer of an HTTP/1.1 connection in the middle of this one.
 */
export function isFramingHeader(name: string): boolean {
  return framing.has(name);
}
