import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import {
  block,
  frame,
  PREFACE,
  ping,
  readFrames,
  settings,
  settingsAck,
} from "@triptych/testkit/http2/http2-frames.ts";

/** A server of HTTP/2 that says what a test has it say, whether or not it makes sense. */
export interface HostileTarget {
  readonly address: string;
  /** How many connections are open. */
  connections(): number;
  close(): Promise<void>;
}

/** Starts one; `answer` says what comes to the headers of a call. It never closes its end of a connection by itself. */
export async function startHostileTarget(answer: (stream: number, socket: Socket) => void): Promise<HostileTarget> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    socket.write(settings());
    let rest = Buffer.alloc(0);
    let isPreface = true;
    socket.on("end", () => writeUntilReset(socket));
    socket.on("data", (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      if (isPreface && rest.length < PREFACE.length) return;
      if (isPreface) rest = rest.subarray(PREFACE.length);
      isPreface = false;
      const read = readFrames(rest);
      rest = Buffer.from(read.rest);
      for (const { type, flags, stream } of read.frames) {
        if (type === FrameType.settings && (flags & FrameFlag.ack) === 0) socket.write(settingsAck);
        if (type === FrameType.headers) answer(stream, socket);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens at no port");
  return {
    address: `127.0.0.1:${address.port}`,
    connections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Writes to a connection whose other end sends no more: where that is closed and not only half, a frame resets the connection, and the next one says so. */
function writeUntilReset(socket: Socket): void {
  const again = (error?: Error | null) => error || setTimeout(write, 20);
  const write = () => socket.destroyed || socket.write(ping(), again);
  write();
}

/** The headers of a response, the last frame of it where told. */
export function responseHeaders(stream: number, fields: readonly (readonly [string, string])[], end: boolean): Buffer {
  const flags = FrameFlag.endHeaders | (end ? FrameFlag.endStream : 0);
  return frame(FrameType.headers, flags, stream, block(fields));
}
