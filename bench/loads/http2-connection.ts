import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { RunningServer } from "../servers/server-spec.ts";
import { FRAME_HEADER_BYTES, FrameFlag, FrameType, frame, type RequestFrames, STREAM_OFFSET } from "./http2-request.ts";

/** Told of what comes back on a connection. */
export interface ResponseListener {
  /** Some bytes of the body of a stream, which stand in the buffer from `start` to `end` and are only good until this returns. */
  onData(stream: number, buffer: Buffer, start: number, end: number): void;
  /** A stream has ended as it should. */
  onEnd(stream: number): void;
  /** A stream, or the connection and with it all of them, was cut. */
  onFailure(error: Error): void;
}

/** One connection of a load over HTTP/2. Costs little for a call, as it understands only what it must. */
export interface Http2Connection {
  /** Sends the request; the number of its stream is returned. Requests of one turn of the event loop leave together. */
  open(): number;
  /** Sends the message of the request once more on a stream that is still open. What one turn of the event loop sends leaves together. */
  sendMessage(stream: number): void;
  /** Ends the connection and everything on it. */
  close(): void;
}

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const INITIAL_WINDOW_SETTING = 4;
/** So wide that no stream of a benchmark ever waits for its window. */
const WINDOW = 2 ** 30;
/** After how many bytes the window of the connection is widened again. */
const WIDEN_EVERY = 2 ** 28;

/** Opens a connection to a server that makes one kind of request. Rejects when it cannot. */
export async function openHttp2Connection(
  server: Pick<RunningServer, "port" | "isEncrypted">,
  request: RequestFrames,
  listener: ResponseListener,
): Promise<Http2Connection> {
  const socket = await connectSocket(server);
  socket.write(Buffer.concat([PREFACE, settings(), widen(WINDOW)]));
  const read = createFrameReader({
    onData: listener.onData,
    onEnd: listener.onEnd,
    onFailure: (error) => listener.onFailure(error),
    answer: (bytes) => socket.write(bytes),
  });
  let closed = false;
  socket.on("data", read);
  socket.on("error", (error) => closed || listener.onFailure(error));
  socket.on("close", () => closed || listener.onFailure(new Error("the server closed the connection")));
  let stream = -1;
  let waiting: Buffer[] = [];
  const flush = () => {
    const frames = waiting;
    waiting = [];
    socket.write(frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames));
  };
  const send = (bytes: Buffer) => {
    if (waiting.push(bytes) === 1) queueMicrotask(flush);
  };
  return {
    open() {
      const isFirst = stream < 0;
      stream += 2;
      const bytes = Buffer.from(isFirst ? request.first : request.next);
      for (const offset of isFirst ? request.idOffsets.first : request.idOffsets.next)
        bytes.writeUInt32BE(stream, offset);
      send(bytes);
      return stream;
    },
    sendMessage(stream) {
      const bytes = Buffer.from(request.message);
      bytes.writeUInt32BE(stream, STREAM_OFFSET);
      send(bytes);
    },
    close() {
      closed = true;
      socket.destroy();
    },
  };
}

async function connectSocket({ port, isEncrypted }: Pick<RunningServer, "port" | "isEncrypted">): Promise<Socket> {
  const address = { port, host: "127.0.0.1", noDelay: true };
  const socket = isEncrypted
    ? connectTls({ ...address, ALPNProtocols: ["h2"], rejectUnauthorized: false })
    : connect(address);
  await once(socket, isEncrypted ? "secureConnect" : "connect");
  return socket;
}

function settings(): Buffer {
  const payload = Buffer.alloc(6);
  payload.writeUInt16BE(INITIAL_WINDOW_SETTING, 0);
  payload.writeUInt32BE(WINDOW, 2);
  return frame(FrameType.settings, 0, payload);
}

function widen(bytes: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(bytes);
  return frame(FrameType.windowUpdate, 0, payload);
}

interface FrameListener extends ResponseListener {
  /** Sends what the connection owes for a frame. */
  answer(bytes: Buffer): void;
}

/** Takes what arrives, however it is cut, and tells the listener what it means. */
function createFrameReader({ onData, onEnd, onFailure, answer }: FrameListener): (chunk: Buffer) => void {
  let rest: Buffer | undefined;
  // Of a frame of data whose end has not come yet.
  let dataLeft = 0;
  let dataStream = 0;
  let dataEndsStream = false;
  let received = 0;

  /** Takes what is there of the frame of data, and returns where it ends. */
  function takeData(buffer: Buffer, start: number): number {
    const end = Math.min(start + dataLeft, buffer.length);
    dataLeft -= end - start;
    received += end - start;
    onData(dataStream, buffer, start, end);
    if (dataLeft === 0 && dataEndsStream) onEnd(dataStream);
    if (received >= WIDEN_EVERY) {
      answer(widen(received));
      received = 0;
    }
    return end;
  }

  function takeFrame(type: number, flags: number, stream: number, payload: Buffer): void {
    const isAck = (flags & FrameFlag.ack) !== 0;
    if (type === FrameType.headers && (flags & FrameFlag.endStream) !== 0) onEnd(stream);
    else if (type === FrameType.settings && !isAck) answer(frame(FrameType.settings, FrameFlag.ack, Buffer.alloc(0)));
    else if (type === FrameType.ping && !isAck) answer(frame(FrameType.ping, FrameFlag.ack, payload));
    else if (type === FrameType.reset) onFailure(new Error(`the server reset a stream: ${payload.readUInt32BE()}`));
    else if (type === FrameType.goAway) onFailure(new Error(`the server said goodbye: ${payload.readUInt32BE(4)}`));
  }

  return (chunk) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    rest = undefined;
    let at = dataLeft > 0 ? takeData(bytes, 0) : 0;
    while (at < bytes.length) {
      const left = bytes.length - at;
      const length = left < FRAME_HEADER_BYTES ? 0 : bytes.readUIntBE(at, 3);
      const type = left < FRAME_HEADER_BYTES ? undefined : bytes[at + 3];
      if (type === undefined || (type !== FrameType.data && left < FRAME_HEADER_BYTES + length)) {
        rest = bytes.subarray(at);
        return;
      }
      const flags = bytes[at + 4] ?? 0;
      const stream = bytes.readUInt32BE(at + 5) & 0x7fff_ffff;
      at += FRAME_HEADER_BYTES;
      if (type === FrameType.data) {
        dataLeft = length;
        dataStream = stream;
        dataEndsStream = (flags & FrameFlag.endStream) !== 0;
        at = takeData(bytes, at);
      } else {
        takeFrame(type, flags, stream, bytes.subarray(at, at + length));
        at += length;
      }
    }
  };
}
