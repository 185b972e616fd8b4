import type { Direction, RecordedCall, RecordedFrame } from "@triptych/rpc-web";

/** The body of one direction of a call with the prefixes of its frames; undefined where it is not kept whole. */
export function bodyBytes(call: RecordedCall, direction: Direction): Uint8Array | undefined {
  const frames = call.frames.filter((frame) => frame.direction === direction);
  const count = direction === "sent" ? call.sentFrames : call.receivedFrames;
  if (frames.length !== count || !frames.every(isKeptWhole)) return undefined;
  return joined(frames.flatMap((frame) => [prefix(frame), frame.payload]));
}

/** Whether all of a frame was sent or received, and is here. */
export function isKeptWhole({ payload, length, incomplete }: RecordedFrame): boolean {
  return !incomplete && payload.length === length;
}

function prefix({ flag, length }: RecordedFrame): Uint8Array {
  if (flag === undefined) return new Uint8Array();
  const bytes = new Uint8Array(5);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, flag);
  view.setUint32(1, length);
  return bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
