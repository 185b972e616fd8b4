import type { Duplex } from "node:stream";
import { READ_TIMEOUT_MS } from "./connection-options.ts";
import type { UpgradeListener } from "./http.ts";

/** Answers an upgrade that nothing takes with HTTP 404. */
export const rejectUpgrade: UpgradeListener = (_request, socket) => answerUpgrade(socket, "404 Not Found", "not found");

/** Answers an upgrade with a status line of HTTP and a sentence for people, and closes the connection, whether its client does or not. */
export function answerUpgrade(socket: Duplex, status: string, text: string): void {
  const head = [
    `HTTP/1.1 ${status}`,
    "connection: close",
    "content-type: text/plain; charset=utf-8",
    `content-length: ${Buffer.byteLength(text) + 1}`,
  ];
  socket.on("error", () => undefined);
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}\n`);
  // What else comes is dropped, or the client would lose the answer; and the end of its side is seen.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), READ_TIMEOUT_MS);
  socket.on("close", () => clearTimeout(timer));
}
