import type { IncomingMessage } from "node:http";

/** How long a client may go on with a request that is answered, in milliseconds. */
export const REST_TIMEOUT_MS = 10_000;

/** Lets the client send what is left of a request that is answered: until then its connection is of no other use. Not for ever: it is then cut. */
export function drainRequest(request: IncomingMessage): void {
  request.resume();
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), REST_TIMEOUT_MS);
  request.on("close", () => clearTimeout(timer));
}
