import { FrameType } from "../../../src/http2/frame.ts";
import type { ReadFrame } from "../frames.ts";

/** Where node:http2 does not do what RFC 9113 says, or may, so that it is no oracle: each with the reason. */
const differences: Readonly<Record<string, (frame: ReadFrame, before: readonly ReadFrame[]) => boolean>> = {
  "it ignores PRIORITY altogether, where section 6.3 has errors": ({ type, stream, payload }) =>
    type === FrameType.priority && (stream === 0 || payload.length !== 5),
  "it ignores HEADERS of a stream that the client has reset, where section 5.1.1 has a connection error": ({ type, stream }, before) =>
    type === FrameType.headers && before.some((earlier) => earlier.type === FrameType.rstStream && earlier.stream === stream),
  "it ends the connection for a window of a stream that overflows, which section 6.9.1 lets be a stream error": ({ type, stream, payload }) =>
    type === FrameType.windowUpdate && stream !== 0 && payload.length === 4 && (payload.readUInt32BE(0) & 0x7fff_ffff) > 0x7000_0000,
  "it ends the connection for a window update of 0 on a stream, which section 6.9 calls a stream error": ({ type, stream, payload }) =>
    type === FrameType.windowUpdate && stream !== 0 && payload.length === 4 && (payload.readUInt32BE(0) & 0x7fff_ffff) === 0,
};

/** Whether the frames of a connection are such that the two may differ. */
export function mayDiffer(frames: readonly ReadFrame[]): boolean {
  return frames.some((frame, index) =>
    Object.values(differences).some((differs) => differs(frame, frames.slice(0, index))),
  );
}
