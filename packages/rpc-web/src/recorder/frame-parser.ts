/** A frame as it was parsed from the bytes of one direction. */
export interface ParsedFrame {
  /** The flag byte; undefined for a body that is not in envelopes. */
  readonly flag: number | undefined;
  /** How many bytes the payload has, or was said to have. */
  readonly length: number;
  /** The payload, or the part at its beginning that is kept. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** Whether the bytes ended before the frame did. */
  readonly incomplete: boolean;
}

/** Parses the bytes of one direction into frames, wherever the chunks begin and end. */
export interface FrameParser {
  /** How many bytes of memory the frame takes that is not complete. */
  readonly held: number;
  /** Takes the next bytes, and returns the frames that they completed. Copies what it keeps. */
  push(bytes: Uint8Array): readonly ParsedFrame[];
  /** Takes the end of the bytes, and returns the frame that was not complete, if there is one. */
  end(): readonly ParsedFrame[];
}
