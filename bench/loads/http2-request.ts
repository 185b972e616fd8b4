import type { Call } from "../call.ts";

/** A request as the frames of HTTP/2, but for the number of its stream. */
export interface RequestFrames {
  /** The first time on a connection: tells the server the headers, and to remember them. */
  readonly first: Buffer;
  /** From then on: refers to what it remembers. */
  readonly next: Buffer;
  /** Where in each of them the number of the stream stands. */
  readonly idOffsets: { readonly first: readonly number[]; readonly next: readonly number[] };
}

/** The length, type and flags of a frame and the number of its stream. */
export const FRAME_HEADER_BYTES = 9;
/** Types of frames. */
export const FrameType = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goAway: 7, windowUpdate: 8 } as const;
/** Flags of frames: `ack` of SETTINGS and PING, `endStream` of DATA and HEADERS, `endHeaders` of HEADERS. */
export const FrameFlag = { ack: 1, endStream: 1, endHeaders: 4 } as const;

/** What HPACK numbers the first header that a connection adds, behind the 61 that every connection knows. */
const FIRST_DYNAMIC_INDEX = 62;
/** `:method: POST` and `:scheme: http`, which every connection knows. */
const METHOD_AND_SCHEME = [0x83, 0x86];
const INDEXED = 0x80;
const REMEMBERED = 0x40;
/** A length of HPACK that fits in its first byte. */
const MAX_SHORT_LENGTH = 126;

/** Encodes a call for a connection that makes no other calls than this one. */
export function requestFrames({ path, headers, body }: Call, authority: string): RequestFrames {
  const fields = Object.entries({ ":path": path, ":authority": authority, ...headers });
  const literal = fields.flatMap(([name, value]) => [REMEMBERED, ...text(name), ...text(value)]);
  // The latest one added has the lowest number.
  const known = fields.map((_, index) => INDEXED | (FIRST_DYNAMIC_INDEX + fields.length - 1 - index));
  const [first, next] = [literal, known].map((block) => {
    const payload = Buffer.from([...METHOD_AND_SCHEME, ...block]);
    return frame(FrameType.headers, FrameFlag.endHeaders, payload);
  }) as [Buffer, Buffer];
  const data = frame(FrameType.data, FrameFlag.endStream, body);
  return {
    first: Buffer.concat([first, data]),
    next: Buffer.concat([next, data]),
    idOffsets: { first: [5, first.length + 5], next: [5, next.length + 5] },
  };
}

/** A frame of a stream, or of the whole connection, which is stream 0. */
export function frame(type: number, flags: number, payload: Uint8Array, stream = 0): Buffer {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes.writeUInt8(type, 3);
  bytes.writeUInt8(flags, 4);
  bytes.writeUInt32BE(stream, 5);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

function text(value: string): number[] {
  const bytes = [...Buffer.from(value, "latin1")];
  if (bytes.length > MAX_SHORT_LENGTH) throw new RangeError(`too long for a benchmark's header: ${value}`);
  return [bytes.length, ...bytes];
}
