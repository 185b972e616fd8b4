/** How much a recorder keeps. Bytes are those of memory, roughly: of payloads, headers and statuses, with something for each call and frame. */
export interface RecorderLimits {
  readonly calls: number;
  /** Frames of one call: of more, the first few and the latest are kept. */
  readonly framesPerCall: number;
  /** Bytes of one payload: of a longer one, the beginning is kept. */
  readonly payloadBytes: number;
  /** Bytes of the frames of one call: of more, the latest are kept, so that a stream leaves room for other calls. */
  readonly callBytes: number;
  /** Bytes of everything together, whatever calls carry. */
  readonly totalBytes: number;
}

/** The limits unless others are given: 1 MiB in all, so that a page may always record. */
export const defaultRecorderLimits: RecorderLimits = {
  calls: 100,
  framesPerCall: 200,
  payloadBytes: 65_536,
  callBytes: 262_144,
  totalBytes: 1_048_576,
};
