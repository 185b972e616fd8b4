import { createBodyCutter } from "./body-cutter.ts";
import { createEnvelopeCutter } from "./envelope-cutter.ts";
import type { CutFrame } from "./frame-cutter.ts";
import type { WireFormat } from "./wire-format.ts";

/** One direction of a call: what arrives is cut into frames in the format that the direction is in. */
export interface Lane {
  readonly format: WireFormat;
  push(bytes: Uint8Array): readonly CutFrame[];
  /** The end, at which a whole body is one frame, and what is missing something is incomplete. Empty the second time. */
  end(isWhole: boolean): readonly CutFrame[];
}

/** A direction in a format, keeping at most so many bytes of each payload. */
export function createLane(format: WireFormat, keep: number): Lane {
  const cutter = format.framing === "body" ? createBodyCutter(keep) : createEnvelopeCutter(keep);
  let isOver = false;
  return {
    format,
    push: (bytes) => cutter.push(bytes),
    end(isWhole) {
      if (isOver) return [];
      isOver = true;
      const frames = cutter.end();
      if (isWhole) return frames;
      return frames.filter(({ length }) => length > 0).map((frame) => ({ ...frame, incomplete: true }));
    },
  };
}
