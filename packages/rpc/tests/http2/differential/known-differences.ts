import type { ReadFrame } from "@triptych/testkit/http2/http2-frames.ts";
import { FrameFlag, FrameType } from "../../../src/http2/frame.ts";

/** Where node:http2 does not do what RFC 9113 says, or may, so that it is no oracle: each with the reason. */
const differences: Readonly<Record<string, (frame: ReadFrame, before: readonly ReadFrame[]) => boolean>> = {
  "it ignores PRIORITY altogether, where section 6.3 has errors": ({ type, stream, payload }) =>
    type === FrameType.priority && (stream === 0 || payload.length !== 5),
  "it ignores HEADERS with a number that is not higher than all before, where section 5.1.1 has a connection error": (
    { type, stream },
    before,
  ) => {
    if (type !== FrameType.headers || !before.some((earlier) => earlier.type === type && earlier.stream >= stream))
      return false;
    const own = before.filter((earlier) => earlier.stream === stream);
    return !own.some((earlier) => earlier.type === type) || own.some(closes);
  },
  "it ends the connection for an acknowledgement of SETTINGS that it has not waited for": ({ type, flags }, before) =>
    isSettingsAck({ type, flags }) && before.some(isSettingsAck),
  "it ends the connection for the answer to a ping that it has not sent": ({ type, flags }) =>
    type === FrameType.ping && (flags & FrameFlag.ack) !== 0,
  "it does not check the padding of a stream that is closed, where section 6.1 has a connection error": ({
    type,
    flags,
    payload,
  }) => type === FrameType.data && (flags & FrameFlag.padded) !== 0 && (payload[0] ?? 0) >= payload.length,
  "it serves no request behind a GOAWAY of the client, which section 6.8 does not forbid": ({ type }, before) =>
    type === FrameType.headers && before.some((earlier) => earlier.type === FrameType.goAway),
  "it ends the connection for a window of a stream that overflows, which section 6.9.1 lets be a stream error": ({
    type,
    stream,
    payload,
  }) =>
    type === FrameType.windowUpdate &&
    stream !== 0 &&
    payload.length === 4 &&
    (payload.readUInt32BE(0) & 0x7fff_ffff) > 0x7000_0000,
  "it ends the connection for a window update of 0 on a stream, which section 6.9 calls a stream error": ({
    type,
    stream,
    payload,
  }) =>
    type === FrameType.windowUpdate &&
    stream !== 0 &&
    payload.length === 4 &&
    (payload.readUInt32BE(0) & 0x7fff_ffff) === 0,
};

function isSettingsAck({ type, flags }: { readonly type: number; readonly flags: number }): boolean {
  return type === FrameType.settings && (flags & FrameFlag.ack) !== 0;
}

/** Whether a client sends nothing on a stream behind a frame. */
function closes({ type, flags }: ReadFrame): boolean {
  const mayEnd = type === FrameType.headers || type === FrameType.data;
  return type === FrameType.rstStream || (mayEnd && (flags & FrameFlag.endStream) !== 0);
}

/**
 * Whether the bytes of a connection, cut into frames, are such that the two may differ. What is left behind the last frame is one that is too
 * large, of which node:http2 says nothing as long as it has not come whole, where section 4.2 has an error.
 */
export function mayDiffer({ frames, rest }: { frames: readonly ReadFrame[]; rest: Buffer }): boolean {
  if (rest.length > 0) return true;
  return frames.some((frame, index) =>
    Object.values(differences).some((differs) => differs(frame, frames.slice(0, index))),
  );
}
