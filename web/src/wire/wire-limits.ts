/** How much the wire panel keeps. */
export interface WireLimits {
  readonly calls: number;
  /** Frames of one call: of more, the first few and the latest are kept. */
  readonly framesPerCall: number;
  /** Bytes of one payload: of a longer one, the beginning is kept. */
  readonly payloadBytes: number;
  /** Bytes of everything together. It has to be more than one call can keep. */
  readonly totalBytes: number;
}

/** The limits of the app: at most 16 MiB. */
export const defaultWireLimits: WireLimits = {
  calls: 100,
  framesPerCall: 200,
  payloadBytes: 65_536,
  totalBytes: 16 * 1_048_576,
};
