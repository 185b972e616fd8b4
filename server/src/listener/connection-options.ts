/** How long a connection may stay silent before it has said what it speaks, or half-said a request, in milliseconds. */
export const SILENCE_LIMIT_MS = 10_000;
/**
 * How long an HTTP/1.1 connection without a request is kept unless something else is set, in milliseconds; clients are told. Longer than load
 * balancers keep theirs, 60 seconds as a rule: else these send a request on a connection that is just being closed.
 */
export const KEEP_ALIVE_MS = 75_000;
/** How many calls one HTTP/2 connection may have open. */
const MAX_CONCURRENT_STREAMS = 1_000;
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

/** Bounds of connections that speak HTTP/2. */
export const http2Options = {
  settings: { maxConcurrentStreams: MAX_CONCURRENT_STREAMS, maxHeaderListSize: MAX_HEADER_BYTES },
  // Also of a client that has not acknowledged the settings, for whom the size is not bounded.
  maxHeaderListPairs: 128,
  // Resets of streams: a client may cancel all that it has open twice over, and then 200 a second. Beyond, the connection is cut.
  streamResetBurst: 2 * MAX_CONCURRENT_STREAMS,
  streamResetRate: 200,
  // A client that goes on after so many streams were refused, or frames were none, does not listen.
  maxSessionRejectedStreams: 100,
  maxSessionInvalidFrames: 100,
  maxSettings: 32,
  maxOutstandingPings: 10,
  unknownProtocolTimeout: SILENCE_LIMIT_MS,
} as const;
