import type { WebSocket } from "ws";

/** How many pings running may stay without an answer. */
const MAX_SILENT_PINGS = 3;

/**
 * Pings the other end, and cuts the socket when that is silent for too long. A socket that is paused is not cut, because its answers
 * are not read; its pings still find out whether there is anybody.
 */
export function keepAlive(socket: WebSocket, intervalMs: number): void {
  let silentPings = 0;
  const hear = () => {
    silentPings = 0;
  };
  const timer = setInterval(() => {
    if (socket.isPaused) hear();
    if (silentPings >= MAX_SILENT_PINGS) return socket.terminate();
    silentPings += 1;
    socket.ping();
  }, intervalMs);
  timer.unref();
  socket.on("pong", hear);
  socket.on("message", hear);
  socket.on("close", () => clearInterval(timer));
}
