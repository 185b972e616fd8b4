import { MAX_DATA_BYTES } from "./call-protocol.ts";
import { concatenate } from "./concatenate.ts";
import { decodeMetadata, encodeMetadata } from "./metadata-block.ts";
import { ProtocolError } from "./protocol-error.ts";

/** One frame of the protocol that carries many calls over one WebSocket, which is one binary message of it. */
export type CallFrame = ClientFrame | ServerFrame;

/** A frame that a client sends. */
export type ClientFrame = OpenFrame | DataFrame | CreditFrame | EndFrame | CancelFrame;

/** A frame that a server sends. */
export type ServerFrame = HeadersFrame | DataFrame | CreditFrame | TrailersFrame | GoAwayFrame;

/** Starts a call: a stream with an id that is larger than all before it. */
export interface OpenFrame {
  readonly type: "open";
  readonly stream: number;
  /** The path of the method, such as `/package.Service/Method`. */
  readonly path: string;
  readonly metadata: Headers;
}

/** The next bytes of the stream's length-prefixed messages: 1 to MAX_DATA_BYTES of them. */
export interface DataFrame {
  readonly type: "data";
  readonly stream: number;
  readonly bytes: Uint8Array;
}

/** Lets the other end send that many more bytes of messages, at least one. */
export interface CreditFrame {
  readonly type: "credit";
  readonly stream: number;
  readonly bytes: number;
}

/** The client sends no more messages. */
export interface EndFrame {
  readonly type: "end";
  readonly stream: number;
}

/** The client no longer wants the call. */
export interface CancelFrame {
  readonly type: "cancel";
  readonly stream: number;
}

/** The response headers. */
export interface HeadersFrame {
  readonly type: "headers";
  readonly stream: number;
  readonly metadata: Headers;
}

/** The status and the trailers: the call has ended. */
export interface TrailersFrame {
  readonly type: "trailers";
  readonly stream: number;
  readonly metadata: Headers;
}

/** The server takes no new calls; `stream` is the largest id it has taken, 0 for none. */
export interface GoAwayFrame {
  readonly type: "goaway";
  readonly stream: number;
}

const HEAD_BYTES = 5;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const nothing = new Uint8Array(0);

const codes = { open: 1, data: 2, credit: 3, end: 4, cancel: 5, headers: 6, trailers: 7, goaway: 8 } as const;

/** Writes a frame: type, stream id, payload. */
export function encodeFrame(frame: CallFrame): Uint8Array<ArrayBuffer> {
  const payload = encodePayload(frame);
  const bytes = new Uint8Array(HEAD_BYTES + payload.length);
  bytes[0] = codes[frame.type];
  new DataView(bytes.buffer).setUint32(1, frame.stream);
  bytes.set(payload, HEAD_BYTES);
  return bytes;
}

function encodePayload(frame: CallFrame): Uint8Array {
  switch (frame.type) {
    case "open":
      return concatenate(encoder.encode(`${frame.path}\r\n`), encodeMetadata(frame.metadata));
    case "data":
      return frame.bytes;
    case "credit":
      return uint32(frame.bytes);
    case "headers":
    case "trailers":
      return encodeMetadata(frame.metadata);
    case "end":
    case "cancel":
    case "goaway":
      return nothing;
  }
}

/**
 * Reads a frame that a client sent; the bytes of data are a view of those given.
 * @throws ProtocolError when it is none.
 */
export function decodeClientFrame(bytes: Uint8Array): ClientFrame {
  const { code, stream, payload } = splitFrame(bytes);
  switch (code) {
    case codes.open:
      return { type: "open", stream: checkStream(stream), ...decodeOpen(payload) };
    case codes.data:
      return decodeData(stream, payload);
    case codes.credit:
      return decodeCredit(stream, payload);
    case codes.end:
      return { type: "end", ...decodeEmpty(stream, payload) };
    case codes.cancel:
      return { type: "cancel", ...decodeEmpty(stream, payload) };
    default:
      throw new ProtocolError(`a client sends frames of type 1 to 5: got ${code}`);
  }
}

/**
 * Reads a frame that a server sent; the bytes of data are a view of those given.
 * @throws ProtocolError when it is none.
 */
export function decodeServerFrame(bytes: Uint8Array): ServerFrame {
  const { code, stream, payload } = splitFrame(bytes);
  switch (code) {
    case codes.data:
      return decodeData(stream, payload);
    case codes.credit:
      return decodeCredit(stream, payload);
    case codes.headers:
      return { type: "headers", stream: checkStream(stream), metadata: decodeMetadata(payload) };
    case codes.trailers:
      return { type: "trailers", stream: checkStream(stream), metadata: decodeMetadata(payload) };
    case codes.goaway:
      checkLength(payload, 0);
      return { type: "goaway", stream };
    default:
      throw new ProtocolError(`a server sends frames of type 2, 3 and 6 to 8: got ${code}`);
  }
}

function splitFrame(bytes: Uint8Array) {
  if (bytes.length < HEAD_BYTES)
    throw new ProtocolError(`a frame has at least ${HEAD_BYTES} bytes: got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  return { code: view.getUint8(0), stream: view.getUint32(1), payload: bytes.subarray(HEAD_BYTES) };
}

function decodeOpen(payload: Uint8Array): Pick<OpenFrame, "path" | "metadata"> {
  const end = payload.indexOf(0x0d);
  if (end < 1 || payload[end + 1] !== 0x0a)
    throw new ProtocolError("an open frame begins with the path of a method and CRLF");
  return { path: decodePath(payload.subarray(0, end)), metadata: decodeMetadata(payload.subarray(end + 2)) };
}

function decodePath(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProtocolError("the path of a method must be UTF-8");
  }
}

function decodeData(stream: number, bytes: Uint8Array): DataFrame {
  if (bytes.length < 1 || bytes.length > MAX_DATA_BYTES) {
    throw new ProtocolError(`a data frame carries 1 to ${MAX_DATA_BYTES} bytes: got ${bytes.length}`);
  }
  return { type: "data", stream: checkStream(stream), bytes };
}

function decodeCredit(stream: number, payload: Uint8Array): CreditFrame {
  checkLength(payload, 4);
  const bytes = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0);
  if (bytes === 0) throw new ProtocolError("credit must be at least 1 byte: got 0");
  return { type: "credit", stream: checkStream(stream), bytes };
}

function decodeEmpty(stream: number, payload: Uint8Array): { readonly stream: number } {
  checkLength(payload, 0);
  return { stream: checkStream(stream) };
}

function checkStream(stream: number): number {
  if (stream === 0) throw new ProtocolError("a stream id must be 1 or more: got 0");
  return stream;
}

function checkLength(payload: Uint8Array, wanted: number): void {
  if (payload.length !== wanted)
    throw new ProtocolError(`the payload must have ${wanted} bytes: got ${payload.length}`);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
