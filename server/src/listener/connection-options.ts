/** How long a connection may stay silent before it has said what it speaks, or half-said a request, in milliseconds. */
export const SILENCE_LIMIT_MS = 10_000;
/** How large the headers of a request may be, in bytes, in either version of HTTP: twice what gRPC clients take by default. */
const MAX_HEADER_BYTES = 16_384;

/** Bounds of connections that speak HTTP/1.1. */
export const http1Options = {
  maxHeaderSize: MAX_HEADER_BYTES,
  headersTimeout: SILENCE_LIMIT_MS,
  // A client may stream for as long as it likes; how long it may be silent is a matter of the call.
  requestTimeout: 0,
  // How often these are looked at; 30 seconds unless set.
  connectionsCheckingInterval: 5_000,
} as const;
