import type { PreparedHeaders } from "./prepared-headers.ts";

/**
 * Encodes the head of a response, or trailers when the status is undefined. Names are made lower-case. Throws a TypeError for a name or value
 * that HTTP/2 does not allow (RFC 9113, section 8.2), connection-specific headers among them.
 */
export function prepareHeaders(
  status: number | undefined,
  headers: Iterable<readonly [name: string, value: string]> = [],
): PreparedHeaders {
  throw new Error(`not there yet: ${status} ${[...headers].length}`);
}
