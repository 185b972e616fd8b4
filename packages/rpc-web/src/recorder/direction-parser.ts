import { createEnvelopeParser } from "./envelope-parser.ts";
import type { FrameParser, ParsedFrame } from "./frame-parser.ts";
import { createKeptBytes } from "./kept-bytes.ts";
import type { RecordedFormat } from "./recorded-format.ts";

/** One direction of a call: what arrives is parsed into frames of the format that the direction is in. */
export interface DirectionParser {
  readonly format: RecordedFormat;
  /** How many bytes of memory the frame takes that is not complete. */
  readonly held: number;
  push(bytes: Uint8Array): readonly ParsedFrame[];
  /** The end, at which a whole body is one frame, and what is missing something is incomplete. Empty the second time. */
  end(isWhole: boolean): readonly ParsedFrame[];
}

/** A direction in a format, keeping at most so many bytes of each payload. Nothing comes of what is pushed after the end. */
export function createDirectionParser(format: RecordedFormat, keep: number): DirectionParser {
  let parser: FrameParser | undefined = format.framing === "body" ? createBodyParser(keep) : createEnvelopeParser(keep);
  return {
    format,
    get held() {
      return parser?.held ?? 0;
    },
    push: (bytes) => parser?.push(bytes) ?? [],
    end(isWhole) {
      const frames = parser?.end() ?? [];
      // What it holds is let go.
      parser = undefined;
      if (isWhole) return frames;
      return frames.filter(({ length }) => length > 0).map((frame) => ({ ...frame, incomplete: true }));
    },
  };
}

/** Returns everything as one frame without a flag when the bytes end, of which the first `keep` bytes are kept. */
function createBodyParser(keep: number): FrameParser {
  const body = createKeptBytes(keep);
  return {
    get held() {
      return body.held;
    },
    push(bytes) {
      body.add(bytes);
      return [];
    },
    end() {
      return [{ flag: undefined, length: body.length, payload: body.take(), incomplete: false }];
    },
  };
}
