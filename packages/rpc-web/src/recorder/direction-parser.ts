import { createEnvelopeParser } from "./envelope-parser.ts";
import type { FrameParser, ParsedFrame } from "./frame-parser.ts";
import { createKeptBytes } from "./kept-bytes.ts";
import type { RecordedFormat } from "./recorded-format.ts";

/** One direction of a call: what arrives is parsed into frames of the format that the direction is in. */
export interface DirectionParser {
  readonly format: RecordedFormat;
  push(bytes: Uint8Array): readonly ParsedFrame[];
  /** The end, at which a whole body is one frame, and what is missing something is incomplete. Empty the second time. */
  end(isWhole: boolean): readonly ParsedFrame[];
}

/** A direction in a format, keeping at most so many bytes of each payload. */
export function createDirectionParser(format: RecordedFormat, keep: number): DirectionParser {
  const parser = format.framing === "body" ? createBodyParser(keep) : createEnvelopeParser(keep);
  let isEnded = false;
  return {
    format,
    push: (bytes) => parser.push(bytes),
    end(isWhole) {
      if (isEnded) return [];
      isEnded = true;
      const frames = parser.end();
      if (isWhole) return frames;
      return frames.filter(({ length }) => length > 0).map((frame) => ({ ...frame, incomplete: true }));
    },
  };
}

/** Returns everything as one frame without a flag when the bytes end, of which the first `keep` bytes are kept. */
function createBodyParser(keep: number): FrameParser {
  const body = createKeptBytes(keep);
  return {
    push(bytes) {
      body.add(bytes);
      return [];
    },
    end() {
      return [{ flag: undefined, length: body.length, payload: body.take(), incomplete: false }];
    },
  };
}
