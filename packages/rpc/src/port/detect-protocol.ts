import type { Socket } from "node:net";

/** What a connection turned out to speak. */
export type HttpVersion = "http1" | "http2";

/** What every HTTP/2 connection with prior knowledge begins with; no HTTP/1.1 request does. */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/**
 * Waits for the first bytes of a connection, in whatever pieces they come, and calls back with what it speaks; the bytes are still there to be
 * read. Destroys a connection that has not sent enough within the time limit, or that ends first, and then never calls back.
 */
export function detectProtocol(socket: Socket, timeLimitMs: number, detected: (protocol: HttpVersion) => void): void {
  let seen: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  const giveUp = () => socket.destroy();
  const timer = setTimeout(giveUp, timeLimitMs);

  const onReadable = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const protocol = protocolOf(seen);
    if (protocol === undefined) return;
    stop();
    socket.unshift(seen);
    detected(protocol);
  };
  const stop = () => {
    clearTimeout(timer);
    socket.off("readable", onReadable);
    socket.off("end", giveUp);
    socket.off("close", stop);
    socket.off("error", giveUp);
  };
  socket.on("readable", onReadable);
  socket.on("end", giveUp);
  socket.on("close", stop);
  socket.on("error", giveUp);
}

/** What a connection that begins with these bytes speaks; undefined while they are too few to know. */
export function protocolOf(bytes: Buffer): HttpVersion | undefined {
  const length = Math.min(bytes.length, PREFACE.length);
  if (bytes.compare(PREFACE, 0, length, 0, length) !== 0) return "http1";
  return length === PREFACE.length ? "http2" : undefined;
}
