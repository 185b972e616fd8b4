import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";

/** What every client of HTTP/2 begins with. */
export const PREFACE: Buffer = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** A frame as it was read. */
export interface ReadFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** One frame, whether or not it makes sense. */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A SETTINGS frame of the client. */
export function settings(entries: readonly (readonly [id: number, value: number])[] = []): Buffer {
  const payload = Buffer.alloc(6 * entries.length);
  entries.forEach(([id, value], index) => {
    payload.writeUInt16BE(id, 6 * index);
    payload.writeUInt32BE(value, 6 * index + 2);
  });
  return frame(FrameType.settings, 0, 0, payload);
}

export const settingsAck: Buffer = frame(FrameType.settings, FrameFlag.ack, 0);

/** A frame whose payload is one number of 32 bits. */
export function numberFrame(type: number, stream: number, value: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return frame(type, 0, stream, payload);
}

export const rstStream = (stream: number, code = 8): Buffer => numberFrame(FrameType.rstStream, stream, code);

export const windowUpdate = (stream: number, increment: number): Buffer =>
  numberFrame(FrameType.windowUpdate, stream, increment);

export const ping = (flags = 0, payload: Uint8Array = Buffer.alloc(8)): Buffer =>
  frame(FrameType.ping, flags, 0, payload);

export function goAway(code = 0): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeUInt32BE(code, 4);
  return frame(FrameType.goAway, 0, 0, payload);
}

/** A header block that uses no table and no Huffman code. */
export function block(fields: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.of(0), string(name), string(value)]));
}

/** What a request over HTTP/2 has to have, and more. */
export function requestFields(
  more: readonly (readonly [name: string, value: string])[] = [],
  method = "POST",
): [name: string, value: string][] {
  const fields: [string, string][] = [
    [":method", method],
    [":scheme", "http"],
    [":path", "/a"],
    [":authority", "localhost"],
  ];
  return [...fields, ...more.map(([name, value]): [string, string] => [name, value])];
}

/** HEADERS of a request, which goes on unless said otherwise. */
export function headers(
  stream: number,
  {
    more = [],
    end = false,
    method = "POST",
  }: { more?: readonly (readonly [string, string])[]; end?: boolean; method?: string } = {},
): Buffer {
  const flags = FrameFlag.endHeaders | (end ? FrameFlag.endStream : 0);
  return frame(FrameType.headers, flags, stream, block(requestFields(more, method)));
}

/** DATA, the last of its stream unless said otherwise. */
export function data(stream: number, payload: Uint8Array | string, end = true): Buffer {
  return frame(FrameType.data, end ? FrameFlag.endStream : 0, stream, Buffer.from(payload));
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  return Buffer.concat([stringLength(bytes.length), bytes]);
}

function stringLength(length: number): Buffer {
  if (length < 127) return Buffer.of(length);
  const bytes = [127];
  let rest = length - 127;
  for (; rest >= 128; rest >>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}

/** Reads whole frames; returns them and what is left. */
export function readFrames(bytes: Buffer): { frames: ReadFrame[]; rest: Buffer } {
  const frames: ReadFrame[] = [];
  let rest = bytes;
  while (rest.length >= 9) {
    const end = 9 + rest.readUIntBE(0, 3);
    if (rest.length < end) break;
    frames.push({
      type: rest.readUInt8(3),
      flags: rest.readUInt8(4),
      stream: rest.readUInt32BE(5) & 0x7fff_ffff,
      payload: rest.subarray(9, end),
    });
    rest = rest.subarray(end);
  }
  return { frames, rest };
}
