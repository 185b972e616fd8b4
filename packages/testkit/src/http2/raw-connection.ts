import { connect, type Socket } from "node:net";
import { FRAME_HEADER_BYTES, FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { frame, PREFACE, settings as settingsFrame } from "./http2-frames.ts";

/** A frame that the server has sent. */
export interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A connection over HTTP/2 whose client sends what it likes. */
export interface RawConnection extends Disposable {
  /** Sends bytes; resolves when the system has taken them, or the connection is closed. */
  send(...bytes: readonly Buffer[]): Promise<void>;
  /** What the server has sent so far; empty when nothing is read. */
  readonly received: readonly ReceivedFrame[];
  /** How many frames of a type the server has sent. */
  count(type: number): number;
  /** The code of the GOAWAY that the server has sent last; undefined while there is none. */
  goAway(): number | undefined;
  readonly isClosed: boolean;
  /** Resolves when the connection is closed. */
  readonly closed: Promise<void>;
}

/** How a client behaves. */
export interface RawClientOptions {
  /** Its settings, by their numbers. */
  readonly settings?: readonly (readonly [id: number, value: number])[];
  /** Whether it reads at all. */
  readonly reads?: boolean;
  /** Whether it answers pings and acknowledges settings. */
  readonly answers?: boolean;
}

/** Opens a connection and sends the preface and settings. */
export async function openRawConnection(
  port: number,
  { settings = [], reads = true, answers = true }: RawClientOptions = {},
): Promise<RawConnection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  // What breaks shows in the closing.
  socket.on("error", () => undefined);
  const closed = happens(socket, "close");
  await Promise.race([happens(socket, "connect"), closed]);
  const received: ReceivedFrame[] = [];
  const readFrame = (read: ReceivedFrame) => {
    received.push(read);
    const isAck = (read.flags & FrameFlag.ack) !== 0;
    const isAsking = read.type === FrameType.settings || read.type === FrameType.ping;
    if (!answers || !isAsking || isAck) return;
    const payload = read.type === FrameType.ping ? read.payload : Buffer.alloc(0);
    socket.write(frame(read.type, FrameFlag.ack, 0, payload));
  };
  if (reads) socket.on("data", frameReader(readFrame));
  socket.write(Buffer.concat([PREFACE, settingsFrame(settings)]));
  return {
    received,
    closed,
    get isClosed() {
      return socket.closed;
    },
    count: (type) => received.filter((read) => read.type === type).length,
    goAway: () => received.findLast(({ type }) => type === FrameType.goAway)?.payload.readUInt32BE(4),
    async send(...bytes) {
      if (socket.closed) return;
      if (!socket.write(Buffer.concat(bytes))) await Promise.race([happens(socket, "drain"), closed]);
    },
    [Symbol.dispose]: () => socket.destroy(),
  };
}

/** Resolves when a socket says so; an error is no event of its own here. */
export function happens(socket: Socket, event: "connect" | "drain" | "close"): Promise<void> {
  return new Promise((resolve) => socket.once(event, () => resolve()));
}

function frameReader(onFrame: (read: ReceivedFrame) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= FRAME_HEADER_BYTES) {
      const end = FRAME_HEADER_BYTES + rest.readUIntBE(0, 3);
      if (rest.length < end) return;
      onFrame({
        type: rest.readUInt8(3),
        flags: rest.readUInt8(4),
        stream: rest.readUInt32BE(5) & 0x7fff_ffff,
        payload: rest.subarray(FRAME_HEADER_BYTES, end),
      });
      rest = rest.subarray(end);
    }
  };
}
