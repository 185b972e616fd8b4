/** How much a recorder keeps. */
export interface RecorderLimits {
  readonly calls: number;
  /** Frames of one call: of more, the first few and the latest are kept. */
  readonly framesPerCall: number;
  /** Bytes of one payload: of a longer one, the beginning is kept. */
  readonly payloadBytes: number;
  /** Bytes of everything together. It has to be more than one call can keep. */
  readonly totalBytes: number;
}

/** The limits unless others are given: at most 16 MiB. */
export const defaultRecorderLimits: RecorderLimits = {
  calls: 100,
  framesPerCall: 200,
  payloadBytes: 65_536,
  totalBytes: 16 * 1_048_576,
};
