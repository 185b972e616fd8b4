/** The bounds of a connection. Times are in milliseconds, sizes in bytes. */
export interface Http2Limits {
  /** Streams that a client may have open; what is more is refused, to be tried again. */
  readonly maxConcurrentStreams: number;
  /** The header list of a request: names, values and 32 bytes for each (RFC 9113, section 6.5.2). Over it: ENHANCE_YOUR_CALM on the stream. */
  readonly maxHeaderListSize: number;
  /** How many headers a request may have, pseudo-headers included. */
  readonly maxHeaderCount: number;
  /** How much of the body of one stream may be on its way or unconsumed; at least 65,535. */
  readonly streamWindowSize: number;
  /** The same of all streams of a connection together; at least 65,535. */
  readonly connectionWindowSize: number;
  /** From how many waiting bytes `write` returns false. */
  readonly writeHighWaterMark: number;
  /** Streams that a client may reset, or make the server reset, at once, and then in each second. Over it: GOAWAY with ENHANCE_YOUR_CALM. */
  readonly resetBurst: number;
  readonly resetsPerSecond: number;
  /** Streams beyond the limit of a client that has acknowledged it, at once and then in each second. Over it: the same. */
  readonly refusedBurst: number;
  readonly refusedPerSecond: number;
  /** Frames and header blocks that break the protocol on their stream, at once and then in each second. Over it: the same. */
  readonly invalidBurst: number;
  readonly invalidPerSecond: number;
  /** What control frames may cost at once, and then in each second, beyond what streams and data earn. */
  readonly controlBurst: number;
  readonly controlPerSecond: number;
  /** Acknowledgements and resets that may wait for a client that does not read, in bytes. */
  readonly maxQueuedControlBytes: number;
  /** Entries of one SETTINGS frame. */
  readonly maxSettingsEntries: number;
  /** The preface, and the acknowledgement of our SETTINGS, have to come within this. */
  readonly prefaceTimeoutMs: number;
  readonly settingsTimeoutMs: number;
  /** How often a ping is sent, and how many may be unanswered when the next is due: then the connection is cut. */
  readonly pingIntervalMs: number;
  readonly maxUnansweredPings: number;
  /** A connection on which no stream begins for so long is sent away; its streams go on. */
  readonly idleTimeoutMs: number;
  /** How long a response that is complete, or a socket that takes nothing, may wait, and a second more for each `writeBytesPerSecond`. */
  readonly writeTimeoutMs: number;
  readonly writeBytesPerSecond: number;
  /** How long, and for how many bytes, a request may go on after its response. Then it is reset with NO_ERROR. */
  readonly restTimeoutMs: number;
  readonly maxRestBytes: number;
  /** How long a client may take to close its side after ours is closed. */
  readonly lingerTimeoutMs: number;
}

/** The limits unless others are given. */
export const defaultLimits: Http2Limits = {
  maxConcurrentStreams: 1_000,
  maxHeaderListSize: 16_384,
  maxHeaderCount: 128,
  streamWindowSize: 262_144,
  connectionWindowSize: 1_048_576,
  writeHighWaterMark: 32_768,
  resetBurst: 2_000,
  resetsPerSecond: 200,
  refusedBurst: 100,
  refusedPerSecond: 10,
  invalidBurst: 100,
  invalidPerSecond: 10,
  controlBurst: 2_000,
  controlPerSecond: 200,
  maxQueuedControlBytes: 16_384,
  maxSettingsEntries: 32,
  prefaceTimeoutMs: 10_000,
  settingsTimeoutMs: 10_000,
  pingIntervalMs: 30_000,
  maxUnansweredPings: 2,
  idleTimeoutMs: 600_000,
  writeTimeoutMs: 30_000,
  writeBytesPerSecond: 1_024,
  restTimeoutMs: 10_000,
  maxRestBytes: 16_777_216,
  lingerTimeoutMs: 2_000,
};
