/** How long a connection may take, in milliseconds, to show which protocol it speaks, to shake hands, or to send the head of a request. */
export const READ_TIMEOUT_MS = 10_000;
/**
 * How long an HTTP/1.1 connection without a request is kept unless something else is set, in milliseconds; clients get it in a header. Longer than load
 * balancers keep theirs, 60 seconds as a rule: else these send a request on a connection that is just being closed.
 */
export const KEEP_ALIVE_MS = 75_000;
/** How large the headers of a request may be, in bytes, in either version of HTTP: twice what gRPC clients take by default. */
const MAX_HEADER_BYTES = 16_384;

/** Bounds of connections that speak HTTP/1.1. */
export const http1Options = {
  maxHeaderSize: MAX_HEADER_BYTES,
  headersTimeout: READ_TIMEOUT_MS,
  // A client may stream for as long as it likes; how long it may send nothing is a matter of the call.
  requestTimeout: 0,
  // How often these are checked; 30 seconds unless set.
  connectionsCheckingInterval: 5_000,
} as const;
