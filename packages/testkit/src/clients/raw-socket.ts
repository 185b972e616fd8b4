import { once } from "node:events";
import type { ClientOptions } from "ws";
import { WebSocket } from "ws";

/** A WebSocket whose messages a test sends and reads as they are. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** Sends a binary message, given as bytes or in hexadecimal. */
  send(message: Uint8Array | string): void;
  /** The binary message that comes next; rejects when the socket closes first. */
  next(): Promise<Buffer>;
  /** The messages that were not read yet, once the socket is closed. */
  rest(): Promise<Buffer[]>;
  /** The code and reason with which the server closed the socket. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens a socket; rejects with the HTTP status when it is refused. */
export async function openSocket(
  baseUrl: string,
  path: string,
  protocols: string | string[],
  options: ClientOptions = {},
): Promise<RawSocket> {
  const url = `${baseUrl.replace("http", "ws")}${path}`;
  const socket = new WebSocket(url, protocols, { rejectUnauthorized: false, ...options });
  const messages: Buffer[] = [];
  let wake = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  let isClosed = false;
  socket.on("message", (message: Buffer) => {
    messages.push(message);
    wake.resolve();
  });
  socket.on("close", (code, reason) => {
    isClosed = true;
    closed.resolve({ code, reason: reason.toString() });
    wake.resolve();
  });
  await opened(socket);
  return {
    socket,
    send: (message) => socket.send(typeof message === "string" ? bytesOf(message) : message),
    async next() {
      while (messages.length === 0) {
        if (isClosed) throw new Error("the socket was closed before the next message");
        wake = Promise.withResolvers();
        await wake.promise;
      }
      const [message] = messages.splice(0, 1);
      if (message === undefined) throw new Error("a message has arrived");
      return message;
    },
    async rest() {
      await closed.promise;
      return messages.splice(0);
    },
    closed: closed.promise,
  };
}

async function opened(socket: WebSocket): Promise<void> {
  const refused = once(socket, "unexpected-response").then(([, response]) => {
    response.resume();
    throw new Error(`refused with HTTP ${response.statusCode}`);
  });
  await Promise.race([once(socket, "open"), refused]);
  refused.catch(() => undefined);
  socket.on("error", () => undefined);
}

/** The bytes of text such as `00 ff`. */
export function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(" ", ""), "hex");
}

/** A message of a method in a frame: flag, length, bytes. */
export function frameOf(message: Uint8Array, flag = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
