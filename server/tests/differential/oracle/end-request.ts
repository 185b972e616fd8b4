import type { IncomingMessage } from "node:http";
import type { NodeRequest } from "./node-http.ts";

/** How long a client may go on with a request that is answered, in milliseconds. */
const REST_LIMIT_MS = 10_000;

/**
 * Lets the client send what is left of a request that is answered: until then its connection or stream is of no other use. Not forever: a
 * connection of HTTP/1.1 is then cut; a stream of HTTP/2 by its `HttpFlight`. A reset at once would be the shorter way over HTTP/2, but
 * clients on Node throw away the answer that came just before it.
 */
export function endRequest(request: NodeRequest): void {
  request.resume();
  if ("stream" in request) request.stream.resume();
  else limitRest(request);
}

function limitRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), REST_LIMIT_MS);
  request.on("close", () => clearTimeout(timer));
}
