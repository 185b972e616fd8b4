import type { OutgoingHttpHeaders } from "node:http";
import { CONNECTION_HEADERS } from "../../http2/field-kind.ts";
import { type PreparedHeaders, prepareHeaders } from "../../http2/prepare-headers.ts";
import { mergeHeaders } from "../../protocols/merge-headers.ts";
import { isFramingHeader } from "../../protocols/response-parts.ts";

/** What HTTP/1.1 says of a connection, which HTTP/2 says otherwise. */
const NOT_IN_HTTP2: ReadonlySet<string> = new Set([...CONNECTION_HEADERS, "http2-settings", "te"]);

const heads = new WeakMap<OutgoingHttpHeaders, WeakMap<OutgoingHttpHeaders, PreparedHeaders>>();
const trailerBlocks = new WeakMap<OutgoingHttpHeaders, PreparedHeaders>();

/** The head of a response: headers that come with every response, then its own. Encoded once for headers that are frozen, as nearly all are. */
export function prepareHead(
  status: number,
  common: OutgoingHttpHeaders,
  headers: OutgoingHttpHeaders,
): PreparedHeaders {
  if (status !== 200 || !Object.isFrozen(headers)) return encode(status, mergeHeaders(common, headers));
  const known = heads.get(headers)?.get(common);
  if (known !== undefined) return known;
  const head = encode(status, mergeHeaders(common, headers));
  const byCommon = heads.get(headers) ?? new WeakMap<OutgoingHttpHeaders, PreparedHeaders>();
  heads.set(headers, byCommon.set(common, head));
  return head;
}

/** The head of a response whose body has so many bytes, as Connect's unary calls say. */
export function prepareHeadWithLength(status: number, headers: OutgoingHttpHeaders, length: number): PreparedHeaders {
  return prepareHeaders(status, [...fieldsOf(headers), ["content-length", String(length)]]);
}

/** Trailers, likewise. */
export function prepareTrailers(trailers: OutgoingHttpHeaders): PreparedHeaders {
  if (!Object.isFrozen(trailers)) return encode(undefined, trailers);
  const known = trailerBlocks.get(trailers) ?? encode(undefined, trailers);
  trailerBlocks.set(trailers, known);
  return known;
}

function encode(status: number | undefined, headers: OutgoingHttpHeaders): PreparedHeaders {
  return prepareHeaders(status, fieldsOf(headers));
}

/** What HTTP/2 carries: an implementation that names a header of the connection must not cost its client the response. */
function* fieldsOf(headers: OutgoingHttpHeaders): Generator<[string, string]> {
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_IN_HTTP2.has(name) || isFramingHeader(name)) continue;
    for (const one of Array.isArray(value) ? value : [value]) yield [name, String(one)];
  }
}
