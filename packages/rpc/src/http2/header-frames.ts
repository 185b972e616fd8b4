import { FrameFlag, FrameType, MAX_FRAME_PAYLOAD, writeFrameHeader } from "./frame.ts";
import type { OutputBuffer } from "./output-buffer.ts";

/** A HEADERS frame that needs no CONTINUATION, of a block and a last header; returns the offset behind it. */
export function writeBlock(
  to: Uint8Array,
  offset: number,
  stream: number,
  block: Uint8Array,
  last: Uint8Array,
  isEnd: boolean,
): number {
  const flags = FrameFlag.endHeaders | (isEnd ? FrameFlag.endStream : 0);
  const at = writeFrameHeader(to, offset, block.length + last.length, FrameType.headers, flags, stream);
  to.set(block, at);
  const end = at + block.length;
  // As nearly all are; `set` would take longer.
  if (last.length === 1) to[end] = last[0] ?? 0;
  else to.set(last, end);
  return end + last.length;
}

/** HEADERS and as many CONTINUATION frames as the block takes, next to each other (RFC 9113, section 6.10). */
export function writeInParts(output: OutputBuffer, stream: number, block: Uint8Array, isEnd: boolean): void {
  for (let start = 0; start < block.length; start += MAX_FRAME_PAYLOAD) {
    const part = block.subarray(start, start + MAX_FRAME_PAYLOAD);
    const isLast = start + part.length === block.length;
    const type = start === 0 ? FrameType.headers : FrameType.continuation;
    const flags = (isLast ? FrameFlag.endHeaders : 0) | (isEnd && start === 0 ? FrameFlag.endStream : 0);
    output.writeFrame(type, flags, stream, part);
  }
}
