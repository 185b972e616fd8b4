import type { RecordedCall } from "@triptych/rpc-web";

/** What of a call in gRPC-Web a native gRPC client sends and receives, too: all but the last frame, whose lines come as trailers of HTTP/2. No page measures its time. */
export function nativeCall(call: RecordedCall): RecordedCall {
  const isTrailers = ({ meaning }: RecordedCall["frames"][number]) => meaning === "trailers";
  const trailers = call.frames.filter(isTrailers);
  const trailerBytes = trailers.reduce((sum, { length }) => sum + PREFIX + length, 0);
  return {
    ...call,
    frames: call.frames.filter((frame) => !isTrailers(frame)),
    receivedBytes: call.receivedBytes - trailerBytes,
    receivedFrames: call.receivedFrames - trailers.length,
    endedAfter: undefined,
  };
}

/** The bytes of an envelope before its payload: flags and length. */
const PREFIX = 5;
