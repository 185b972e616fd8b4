import { ConnectionError, protocolError } from "./connection-error.ts";
import type { DecodedHead } from "./decoded-head.ts";
import { ErrorCode } from "./error-code.ts";
import type { FloodGuard } from "./flood-guard.ts";
import { FrameFlag, FrameType, readUint32 } from "./frame.ts";
import type { BadBlock, HeaderBlocks } from "./header-blocks.ts";
import type { ReceiveWindow } from "./receive-window.ts";
import type { ServerStream } from "./server-stream.ts";
import type { StreamTable } from "./stream-table.ts";

/** What frames of requests do to a connection. */
export interface RequestTarget {
  readonly guard: FloodGuard;
  readonly streams: StreamTable;
  readonly blocks: HeaderBlocks;
  /** The window of the connection. */
  readonly receiveWindow: ReceiveWindow;
  readonly maxRestBytes: number;
  /** Opens a stream for a request, or refuses it. */
  openStream(id: number, head: DecodedHead | BadBlock, endStream: boolean): void;
  returnConnectionCredit(bytes: number): void;
  /** Ends a stream on which the client has broken the protocol; of one that is closed only the number is left. */
  streamError(stream: ServerStream, code: number, reason: string): void;
  closedStreamError(id: number, code: number): void;
  /** Ends a stream that the client has reset. */
  peerReset(stream: ServerStream, code: number): void;
  /** Ends a request that goes on too long after its response. */
  cutRest(stream: ServerStream): void;
  /** Hands parts and ends of requests on to the consumers. */
  deliver(stream: ServerStream, bytes: Buffer): void;
  deliverEnd(stream: ServerStream, trailers: Readonly<Record<string, string>> | undefined): void;
}

const PRIORITY_BYTES = 5;
const NUMBER_BYTES = 4;

/** HEADERS (RFC 9113, section 6.2). */
export function takeHeaders(
  target: RequestTarget,
  flags: number,
  id: number,
  bytes: Buffer,
  payloadStart: number,
  payloadEnd: number,
): void {
  if (id === 0) throw protocolError("HEADERS on stream 0");
  let start = payloadStart;
  let end = payloadEnd;
  if (flags & FrameFlag.padded) {
    end -= paddingOf(bytes, payloadStart, payloadEnd);
    start += 1;
  }
  if (flags & FrameFlag.priority) start += PRIORITY_BYTES;
  if (start > end) throw new ConnectionError(ErrorCode.frameSizeError, "HEADERS without their block");
  const endStream = (flags & FrameFlag.endStream) !== 0;
  if (flags & FrameFlag.endHeaders) takeBlock(target, id, endStream, bytes, start, end);
  else target.blocks.begin(id, endStream, bytes.subarray(start, end));
}

/** CONTINUATION, or what comes in its place: nothing else may come before the end of a block (section 6.10). */
export function takeContinuation(
  target: RequestTarget,
  type: number,
  flags: number,
  id: number,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { blocks } = target;
  const { open } = blocks;
  if (open === undefined) throw protocolError("CONTINUATION without HEADERS");
  if (type !== FrameType.continuation || id !== open.stream) throw protocolError("a header block that is interrupted");
  target.guard.controlFrame(1);
  blocks.add(open, bytes.subarray(start, end));
  if ((flags & FrameFlag.endHeaders) === 0) return;
  blocks.open = undefined;
  takeBlock(target, open.stream, open.endStream, open.bytes, 0, open.bytes.length);
}

/** A whole header block: of a new request, or of its trailers. */
function takeBlock(
  target: RequestTarget,
  id: number,
  endStream: boolean,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { streams, blocks } = target;
  if (id > streams.lastId && id & 1) {
    streams.lastId = id;
    target.openStream(id, blocks.decodeHead(bytes, start, end), endStream);
    return;
  }
  const stream = streams.open.get(id);
  if (stream !== undefined) takeTrailers(target, stream, endStream, blocks.decodeTrailers(bytes, start, end));
  // Section 5.1.1: numbers only go up. Of a stream that was reset here they are trailers that were on their way.
  else if (streams.wasReset(id)) blocks.skip(bytes, start, end);
  else throw protocolError(`HEADERS on stream ${id} after stream ${streams.lastId}`);
}

function takeTrailers(
  target: RequestTarget,
  stream: ServerStream,
  endStream: boolean,
  trailers: Readonly<Record<string, string>> | BadBlock,
): void {
  if (stream.requestEnded) target.streamError(stream, ErrorCode.streamClosed, "HEADERS after the end of the request");
  else if (trailers === "too large") target.streamError(stream, ErrorCode.enhanceYourCalm, "trailers too large");
  else if (trailers === "malformed" || !endStream || stream.contentLeft > 0) {
    target.streamError(stream, ErrorCode.protocolError, "malformed trailers");
  } else target.deliverEnd(stream, trailers);
}

/** DATA (section 6.1). */
export function takeData(
  target: RequestTarget,
  flags: number,
  id: number,
  bytes: Buffer,
  payloadStart: number,
  payloadEnd: number,
): void {
  if (id === 0) throw protocolError("DATA on stream 0");
  const length = payloadEnd - payloadStart;
  // All of the payload counts, padding and frames that are dropped too (section 6.9.1).
  if (!target.receiveWindow.receive(length)) {
    throw new ConnectionError(ErrorCode.flowControlError, "more than the window of the connection");
  }
  let start = payloadStart;
  let end = payloadEnd;
  if (flags & FrameFlag.padded) {
    end -= paddingOf(bytes, payloadStart, payloadEnd);
    start += 1;
  }
  const endStream = (flags & FrameFlag.endStream) !== 0;
  if (start === end && !endStream) target.guard.controlFrame(1);
  const stream = target.streams.open.get(id);
  if (stream === undefined) takeStrayData(target, id, length);
  else takeStreamData(target, stream, bytes, start, end, length, endStream);
}

function takeStreamData(
  target: RequestTarget,
  stream: ServerStream,
  bytes: Buffer,
  start: number,
  end: number,
  length: number,
  endStream: boolean,
): void {
  stream.unconsumed += length;
  if (stream.requestEnded) {
    target.streamError(stream, ErrorCode.streamClosed, "DATA after the end of the request");
    return;
  }
  if (!stream.receiveWindow.receive(length)) {
    target.streamError(stream, ErrorCode.flowControlError, "more than the window of the stream");
    return;
  }
  const amount = end - start;
  // Section 8.1.1: a body of another length than was promised.
  if (stream.contentLeft >= 0) {
    stream.contentLeft -= amount;
    if (stream.contentLeft < 0 || (endStream && stream.contentLeft > 0)) {
      target.streamError(stream, ErrorCode.protocolError, "not as many bytes as content-length says");
      return;
    }
  }
  if (stream.isClosed) {
    takeRest(target, stream, length, endStream);
    return;
  }
  if (length > amount) stream.consumed(length - amount);
  if (amount > 0) target.deliver(stream, bytes.subarray(start, end));
  if (endStream) target.deliverEnd(stream, undefined);
}

/** What comes of a request after its response is dropped, within bounds. */
function takeRest(target: RequestTarget, stream: ServerStream, length: number, endStream: boolean): void {
  if (endStream) {
    target.deliverEnd(stream, undefined);
    return;
  }
  stream.restBytes += length;
  stream.consumed(length);
  if (stream.restBytes > target.maxRestBytes) target.cutRest(stream);
}

/** DATA of a stream that is not open. */
function takeStrayData(target: RequestTarget, id: number, length: number): void {
  if (target.streams.isIdle(id)) throw protocolError(`DATA on idle stream ${id}`);
  target.returnConnectionCredit(length);
  if (!target.streams.wasReset(id)) target.closedStreamError(id, ErrorCode.streamClosed);
}

/** RST_STREAM (section 6.4). */
export function takeReset(target: RequestTarget, id: number, bytes: Buffer, start: number, end: number): void {
  if (end - start !== NUMBER_BYTES) {
    throw new ConnectionError(ErrorCode.frameSizeError, `RST_STREAM of ${end - start} bytes`);
  }
  const stream = target.streams.open.get(id);
  if (stream !== undefined) target.peerReset(stream, readUint32(bytes, start));
  else if (target.streams.isIdle(id)) throw protocolError(`RST_STREAM on idle stream ${id}`);
  else target.guard.controlFrame(1);
}

/** How many bytes at the end of a payload are padding; its first byte says so (sections 6.1, 6.2). */
function paddingOf(bytes: Buffer, start: number, end: number): number {
  const padding = bytes[start] ?? 0;
  if (start === end || padding >= end - start) throw protocolError("more padding than payload");
  return padding;
}
