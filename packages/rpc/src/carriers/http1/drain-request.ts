import type { IncomingMessage } from "node:http";

/** How long a client may go on with a request that is answered, in milliseconds. */
export const REST_TIMEOUT_MS = 10_000;

/** Lets the client send what is left of a request that is answered: until then its connection is of no other use. Not for ever: it is then cut. */
export function drainRequest(request: IncomingMessage): void {
  if (request.readableEnded) return;
  request.resume();
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), REST_TIMEOUT_MS);
  const { socket } = request;
  const stop = () => {
    clearTimeout(timer);
    socket.off("close", stop);
  };
  request.on("close", stop);
  // A request whose response is finished does not close with its connection.
  socket.on("close", stop);
}
