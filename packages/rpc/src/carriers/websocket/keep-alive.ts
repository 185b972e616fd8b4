import type { WebSocket } from "ws";

/** How many pings running may stay unanswered. */
const MAX_UNANSWERED_PINGS = 3;

/**
 * Pings the other end, and cuts the socket when it does not answer. A socket that is paused is not cut, because its answers
 * are not read; its pings still find out whether the connection is there.
 */
export function keepAlive(socket: WebSocket, intervalMs: number): void {
  let unansweredPings = 0;
  const answered = () => {
    unansweredPings = 0;
  };
  const timer = setInterval(() => {
    if (socket.isPaused) answered();
    if (unansweredPings >= MAX_UNANSWERED_PINGS) return socket.terminate();
    unansweredPings += 1;
    socket.ping();
  }, intervalMs);
  timer.unref();
  socket.on("pong", answered);
  socket.on("message", answered);
  socket.on("close", () => clearInterval(timer));
}
