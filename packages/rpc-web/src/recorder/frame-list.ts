import type { RecordedFrame } from "./recorded-call.ts";

/** The frames of a call, as many as are kept. */
export interface FrameList {
  /** Adds a frame, and gives by how many bytes what is kept has changed. */
  add(frame: RecordedFrame): number;
  /** The frames kept, in order. */
  readonly frames: readonly RecordedFrame[];
}

/** What a frame without payload takes, roughly. */
const FRAME_OVERHEAD = 200;

/** Keeps the first tenth of `limit` frames, which say how the call began, and of the others the latest. */
export function createFrameList(limit: number): FrameList {
  const first = Math.ceil(limit / 10);
  const frames: RecordedFrame[] = [];
  return {
    add(frame) {
      frames.push(frame);
      const dropped = frames.length > limit ? frames.splice(first, 1) : [];
      return dropped.reduce((bytes, old) => bytes - sizeOf(old), sizeOf(frame));
    },
    get frames() {
      return frames;
    },
  };
}

function sizeOf(frame: RecordedFrame): number {
  return FRAME_OVERHEAD + frame.payload.length;
}
