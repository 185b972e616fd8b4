import { ConnectError } from "@connectrpc/connect";
import type { WebSocket } from "ws";

/** Calls back with the reason when the server starts to drain while the socket is open; at once when it drains already. */
export function whenDraining(draining: AbortSignal, socket: WebSocket, drain: (reason: ConnectError) => void): void {
  const onAbort = () => drain(ConnectError.from(draining.reason));
  if (draining.aborted) onAbort();
  else draining.addEventListener("abort", onAbort, { once: true });
  socket.on("close", () => draining.removeEventListener("abort", onAbort));
}
