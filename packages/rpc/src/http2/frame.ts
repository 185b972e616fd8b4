import { protocolError } from "./connection-error.ts";

/** Types of frames (RFC 9113, section 6). */
export const FrameType = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  rstStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goAway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

/** Flags of frames; what a bit means depends on the type. */
export const FrameFlag = { ack: 0x1, endStream: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

/** Length, type, flags and stream of a frame (section 4.1). */
export const FRAME_HEADER_BYTES = 9;

/** How long the payloads of a fixed length are, that of GOAWAY without a message, and each entry of SETTINGS. */
export const PayloadBytes = { priority: 5, rstStream: 4, setting: 6, ping: 8, goAway: 8, windowUpdate: 4 } as const;

/** The largest payload that every endpoint takes (section 4.2), and what this one takes and sends. */
export const MAX_FRAME_PAYLOAD = 16_384;

/** The largest number of a stream, increment and window (sections 5.1.1, 6.9). */
export const MAX_31_BITS = 0x7fff_ffff;

/** A frame that has come. One object stands for the frames of a connection, one after the other: each is there only while it is taken. */
export class Frame {
  type = 0;
  flags = 0;
  stream = 0;
  /** The payload is what is here from `start` to `end`. */
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;

  get length(): number {
    return this.end - this.start;
  }

  get payload(): Buffer {
    return this.bytes.subarray(this.start, this.end);
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }

  /** Takes the padding away, of which the first byte of the payload says how long it is (sections 6.1, 6.2). */
  stripPadding(): void {
    if (!this.has(FrameFlag.padded)) return;
    const padding = this.bytes[this.start] ?? 0;
    if (padding >= this.length) throw protocolError("more padding than payload");
    this.start += 1;
    this.end -= padding;
  }
}

/** Writes the header of a frame; returns the offset behind it. */
export function writeFrameHeader(
  to: Uint8Array,
  offset: number,
  length: number,
  type: number,
  flags: number,
  stream: number,
): number {
  to[offset] = length >>> 16;
  to[offset + 1] = length >>> 8;
  to[offset + 2] = length;
  to[offset + 3] = type;
  to[offset + 4] = flags;
  return writeUint32(to, offset + 5, stream);
}

/** Writes 32 bits; returns the offset behind them. */
export function writeUint32(to: Uint8Array, offset: number, value: number): number {
  to[offset] = value >>> 24;
  to[offset + 1] = value >>> 16;
  to[offset + 2] = value >>> 8;
  to[offset + 3] = value;
  return offset + 4;
}

/** Reads 32 bits, unsigned. */
export function readUint32(from: Uint8Array, offset: number): number {
  return readUint31(from, offset) + ((from[offset] ?? 0) >>> 7) * 0x8000_0000;
}

/** Reads 32 bits, of which the first is reserved and means nothing (sections 4.1, 6.8, 6.9). */
export function readUint31(from: Uint8Array, offset: number): number {
  return (
    (((from[offset] ?? 0) & 0x7f) << 24) |
    ((from[offset + 1] ?? 0) << 16) |
    ((from[offset + 2] ?? 0) << 8) |
    (from[offset + 3] ?? 0)
  );
}
