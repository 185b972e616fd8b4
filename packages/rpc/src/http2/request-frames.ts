import { ConnectionError, protocolError } from "./connection-error.ts";
import { ErrorCode } from "./error-code.ts";
import { type Frame, FrameFlag, FrameType, PayloadBytes, readUint32 } from "./frame.ts";
import type { BadBlock } from "./header-blocks.ts";
import type { RequestStreams } from "./request-streams.ts";
import type { ServerStream } from "./server-stream.ts";

/** HEADERS (RFC 9113, section 6.2). */
export function takeHeaders(requests: RequestStreams, frame: Frame): void {
  if (frame.stream === 0) throw protocolError("HEADERS on stream 0");
  frame.stripPadding();
  if (frame.has(FrameFlag.priority)) frame.start += PayloadBytes.priority;
  if (frame.start > frame.end) throw new ConnectionError(ErrorCode.frameSizeError, "HEADERS without their block");
  const endStream = frame.has(FrameFlag.endStream);
  if (frame.has(FrameFlag.endHeaders)) takeBlock(requests, frame, endStream);
  else requests.blocks.begin(frame.stream, endStream, frame.payload);
}

/** CONTINUATION, or what comes in its place: nothing else may come before the end of a block (section 6.10). */
export function takeContinuation(requests: RequestStreams, frame: Frame): void {
  const { blocks } = requests;
  const { open } = blocks;
  if (open === undefined) throw protocolError("CONTINUATION without HEADERS");
  if (frame.type !== FrameType.continuation || frame.stream !== open.stream) {
    throw protocolError("a header block that is interrupted");
  }
  requests.guard.controlFrame(1);
  blocks.add(open, frame.payload);
  if (!frame.has(FrameFlag.endHeaders)) return;
  blocks.open = undefined;
  frame.bytes = open.bytes;
  frame.start = 0;
  frame.end = open.bytes.length;
  takeBlock(requests, frame, open.endStream);
}

/** A whole header block: of a new request, or of its trailers. */
function takeBlock(requests: RequestStreams, { stream: id, bytes, start, end }: Frame, endStream: boolean): void {
  const { streams, blocks } = requests;
  if (id > streams.lastId && id & 1) {
    streams.lastId = id;
    requests.openStream(id, blocks.decodeHead(bytes, start, end), endStream);
    return;
  }
  const stream = streams.open.get(id);
  if (stream !== undefined) takeTrailers(requests, stream, endStream, blocks.decodeTrailers(bytes, start, end));
  // Section 5.1.1: numbers only go up. Of a stream that was reset here they are trailers that were on their way.
  else if (streams.wasReset(id)) blocks.skip(bytes, start, end);
  else throw protocolError(`HEADERS on stream ${id} after stream ${streams.lastId}`);
}

function takeTrailers(
  requests: RequestStreams,
  stream: ServerStream,
  endStream: boolean,
  trailers: Readonly<Record<string, string>> | BadBlock,
): void {
  if (stream.requestEnded) requests.streamError(stream, ErrorCode.streamClosed, "HEADERS after the end of the request");
  else if (trailers === "too large") requests.streamError(stream, ErrorCode.enhanceYourCalm, "trailers too large");
  else if (trailers === "malformed" || !endStream || stream.contentLeft > 0) {
    requests.streamError(stream, ErrorCode.protocolError, "malformed trailers");
  } else requests.deliverEnd(stream, trailers);
}

/** DATA (section 6.1). */
export function takeData(requests: RequestStreams, frame: Frame): void {
  if (frame.stream === 0) throw protocolError("DATA on stream 0");
  // All of the payload counts, padding and frames that are dropped too (section 6.9.1).
  const { length } = frame;
  if (!requests.receiveWindow.receive(length)) {
    throw new ConnectionError(ErrorCode.flowControlError, "more than the window of the connection");
  }
  frame.stripPadding();
  if (frame.length === 0 && !frame.has(FrameFlag.endStream)) requests.guard.controlFrame(1);
  const stream = requests.streams.open.get(frame.stream);
  if (stream === undefined) takeStrayData(requests, frame.stream, length);
  else takeStreamData(requests, stream, frame, length);
}

/** DATA of a stream that is open; `length` is what it counts, padding included. */
function takeStreamData(requests: RequestStreams, stream: ServerStream, frame: Frame, length: number): void {
  stream.unconsumed += length;
  if (stream.requestEnded) {
    requests.streamError(stream, ErrorCode.streamClosed, "DATA after the end of the request");
    return;
  }
  if (!stream.receiveWindow.receive(length)) {
    requests.streamError(stream, ErrorCode.flowControlError, "more than the window of the stream");
    return;
  }
  const amount = frame.length;
  const endStream = frame.has(FrameFlag.endStream);
  // Section 8.1.1: a body of another length than was promised.
  if (stream.contentLeft >= 0) {
    stream.contentLeft -= amount;
    if (stream.contentLeft < 0 || (endStream && stream.contentLeft > 0)) {
      requests.streamError(stream, ErrorCode.protocolError, "not as many bytes as content-length says");
      return;
    }
  }
  if (stream.isClosed) {
    if (endStream) requests.deliverEnd(stream, undefined);
    else requests.dropRest(stream, length);
    return;
  }
  if (length > amount) stream.consumed(length - amount);
  if (amount > 0) requests.deliver(stream, frame.payload);
  if (endStream) requests.deliverEnd(stream, undefined);
}

/** DATA of a stream that is not open. */
function takeStrayData(requests: RequestStreams, id: number, length: number): void {
  if (requests.streams.isIdle(id)) throw protocolError(`DATA on idle stream ${id}`);
  requests.returnConnectionWindow(length);
  if (!requests.streams.wasReset(id)) requests.closedStreamError(id, ErrorCode.streamClosed);
}

/** RST_STREAM (section 6.4). */
export function takeReset(requests: RequestStreams, frame: Frame): void {
  if (frame.length !== PayloadBytes.rstStream) {
    throw new ConnectionError(ErrorCode.frameSizeError, `RST_STREAM of ${frame.length} bytes`);
  }
  const { stream: id } = frame;
  const stream = requests.streams.open.get(id);
  if (stream !== undefined) requests.peerReset(stream, readUint32(frame.bytes, frame.start));
  else if (requests.streams.isIdle(id)) throw protocolError(`RST_STREAM on idle stream ${id}`);
  else requests.guard.controlFrame(1);
}
