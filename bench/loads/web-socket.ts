import { connect } from "node:net";

/** Told of what comes back on a WebSocket. */
export interface SocketListener {
  /** A message; its bytes are only good until this returns. */
  onMessage(payload: Buffer): void;
  /** The server wants to close, or agrees to it. */
  onClose(): void;
  onFailure(error: Error): void;
}

/** A WebSocket of a load. Costs little for a message, as it understands only what it must. */
export interface LoadSocket {
  /** Sends frames that `binaryFrame` or `closeFrame` made. */
  send(frames: Buffer): void;
  /** Ends the connection at once. */
  end(): void;
}

/** The subprotocol in which every socket carries one gRPC call. */
const PROTOCOL = "grpc-websockets";
const HEAD_END = "\r\n\r\n";
const FINAL = 0x80;
const MASKED = 0x80;
const Opcode = { binary: 2, close: 8, ping: 9 } as const;
/** Lengths up to this stand in the first two bytes of a frame. */
const MAX_SHORT_LENGTH = 125;

/** A client's frame with a short binary message. Its mask is zero: the server has the same work with it as with any. */
export function binaryFrame(payload: Uint8Array): Buffer {
  return clientFrame(Opcode.binary, payload);
}

/** A client's frame that closes the socket. */
export const closeFrame = clientFrame(Opcode.close, Buffer.from([0x03, 0xe8]));

function clientFrame(opcode: number, payload: Uint8Array): Buffer {
  if (payload.length > MAX_SHORT_LENGTH)
    throw new RangeError(`too long for a benchmark's frame: ${payload.length} bytes`);
  return Buffer.concat([Buffer.from([FINAL | opcode, MASKED | payload.length, 0, 0, 0, 0]), payload]);
}

/** Opens a WebSocket to a port of the loopback; resolves when it is open, rejects when the server refuses it. */
export async function openSocket(port: number, path: string, listener: SocketListener): Promise<LoadSocket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let ended = false;
  // Of the answer to the upgrade; undefined once the socket is open.
  let head: Buffer | undefined = Buffer.alloc(0);
  const { promise: opened, resolve: open, reject: refuse } = Promise.withResolvers<void>();
  const fail = (error: Error) => {
    if (ended) return;
    if (head === undefined) listener.onFailure(error);
    else refuse(error);
  };
  const send = (bytes: Buffer) => {
    socket.write(bytes);
  };
  const readFrames = createFrameReader(listener, fail);
  socket.on("data", (chunk: Buffer) => {
    if (head === undefined) return readFrames(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(HEAD_END);
    if (end < 0) return;
    if (!head.toString("latin1").startsWith("HTTP/1.1 101 ")) return fail(new Error(head.toString("latin1", 0, 500)));
    const rest = head.subarray(end + HEAD_END.length);
    head = undefined;
    open();
    if (rest.length > 0) readFrames(rest);
  });
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the server cut the socket")));
  // What is written before the connection stands is sent when it does.
  socket.write(upgradeRequest(port, path));
  await opened;
  return {
    send,
    end() {
      ended = true;
      socket.destroy();
    },
  };
}

function upgradeRequest(port: number, path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    "connection: Upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    `sec-websocket-key: ${Buffer.alloc(16).toString("base64")}`,
    `sec-websocket-protocol: ${PROTOCOL}`,
    HEAD_END.slice(2),
  ].join("\r\n");
}

/** Takes what arrives, however it is cut, and tells the listener of each frame. */
function createFrameReader(
  { onMessage, onClose }: SocketListener,
  fail: (error: Error) => void,
): (chunk: Buffer) => void {
  let rest: Buffer | undefined;

  function takeFrame(opcode: number, payload: Buffer): void {
    if (opcode === Opcode.binary) onMessage(payload);
    else if (opcode === Opcode.close) onClose();
    else if (opcode !== Opcode.ping) fail(new Error(`a frame of an unexpected kind: ${opcode}`));
  }

  return (chunk) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    rest = undefined;
    let at = 0;
    while (at < bytes.length) {
      const frame = readFrame(bytes, at);
      if (frame === undefined) {
        rest = bytes.subarray(at);
        return;
      }
      takeFrame((bytes[at] ?? 0) & 0x0f, bytes.subarray(frame.start, frame.end));
      at = frame.end;
    }
  };
}

/** Where the payload of a server's frame starts and ends; undefined while it is not whole. */
function readFrame(bytes: Buffer, at: number): { start: number; end: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  const lengthBytes = short <= MAX_SHORT_LENGTH ? 0 : short === 126 ? 2 : 8;
  const start = at + 2 + lengthBytes;
  if (bytes.length < start) return undefined;
  // Six bytes hold more than any server of a benchmark sends.
  const long = lengthBytes === 8 ? bytes.readUIntBE(at + 4, 6) : 0;
  const length = lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(at + 2) : long;
  return bytes.length < start + length ? undefined : { start, end: start + length };
}
