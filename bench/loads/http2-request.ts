import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";

/** A request as the frames of HTTP/2, but for the number of its stream. */
export interface RequestFrames {
  /** The first time on a connection: tells the server the headers, and to remember them. */
  readonly first: Buffer;
  /** From then on: refers to what it remembers. */
  readonly next: Buffer;
  /** Where in each of them the number of the stream stands. */
  readonly idOffsets: { readonly first: readonly number[]; readonly next: readonly number[] };
  /** A frame of data with the body of the call, which leaves the stream open. */
  readonly message: Buffer;
}

/** The length, type and flags of a frame and the number of its stream. */
export const FRAME_HEADER_BYTES = 9;
/** Where in a frame the number of its stream stands. */
export const STREAM_OFFSET = 5;
/** Types of frames. */
export const FrameType = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goAway: 7, windowUpdate: 8 } as const;
/** Flags of frames: `ack` of SETTINGS and PING, `endStream` of DATA and HEADERS, `endHeaders` of HEADERS. */
export const FrameFlag = { ack: 1, endStream: 1, endHeaders: 4 } as const;

/** What HPACK numbers the first header that a connection adds, behind the 61 that every connection knows. */
const FIRST_DYNAMIC_INDEX = 62;
/** `:method: POST` and the two of `:scheme`, which every connection knows. */
const METHOD_POST = 0x83;
const SCHEME_HTTP = 0x86;
const SCHEME_HTTPS = 0x87;
const INDEXED = 0x80;
const REMEMBERED = 0x40;
/** A length of HPACK from this one on goes on behind its first byte, seven bits at a time, the lowest first. */
const LONG_LENGTH = 127;

/** Encodes a call for a connection that makes no other calls than this one. */
export function requestFrames(
  { path, headers, body, messages, staysOpen }: Call,
  { port, isEncrypted }: Pick<RunningServer, "port" | "isEncrypted">,
): RequestFrames {
  const fields = Object.entries({ ":path": path, ":authority": `127.0.0.1:${port}`, ...headers });
  const literal = fields.flatMap(([name, value]) => [REMEMBERED, ...text(name), ...text(value)]);
  // The latest one added has the lowest number.
  const known = fields.map((_, index) => INDEXED | (FIRST_DYNAMIC_INDEX + fields.length - 1 - index));
  const parts = messages ?? [body];
  const data = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return frame(FrameType.data, isLast && staysOpen !== true ? FrameFlag.endStream : 0, part);
  });
  const [first, next] = [literal, known].map((block) => {
    const payload = Buffer.from([METHOD_POST, isEncrypted ? SCHEME_HTTPS : SCHEME_HTTP, ...block]);
    return [frame(FrameType.headers, FrameFlag.endHeaders, payload), ...data];
  }) as [Buffer[], Buffer[]];
  return {
    first: Buffer.concat(first),
    next: Buffer.concat(next),
    idOffsets: { first: streamOffsets(first), next: streamOffsets(next) },
    message: frame(FrameType.data, 0, body),
  };
}

function streamOffsets(frames: readonly Buffer[]): number[] {
  let start = 0;
  return frames.map(({ length }) => {
    start += length;
    return start - length + STREAM_OFFSET;
  });
}

/** A frame of a stream, or of the whole connection, which is stream 0. */
export function frame(type: number, flags: number, payload: Uint8Array, stream = 0): Buffer {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes.writeUInt8(type, 3);
  bytes.writeUInt8(flags, 4);
  bytes.writeUInt32BE(stream, STREAM_OFFSET);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

function text(value: string): number[] {
  const bytes = [...Buffer.from(value, "latin1")];
  return [...lengthOf(bytes), ...bytes];
}

function lengthOf({ length }: readonly number[]): number[] {
  if (length < LONG_LENGTH) return [length];
  const encoded = [LONG_LENGTH];
  let rest = length - LONG_LENGTH;
  for (; rest >= 128; rest = Math.floor(rest / 128)) encoded.push(128 | (rest % 128));
  return [...encoded, rest];
}
