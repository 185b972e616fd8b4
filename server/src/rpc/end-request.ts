import type { IncomingMessage } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import type { NodeRequest, NodeResponse } from "./node-http.ts";

/** How long a client may go on with a request that is answered, in milliseconds. */
export const REST_LIMIT_MS = 10_000;

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

/**
 * The same for a request that is answered without its body being read and that is no call in flight: the body is dropped as it comes, so that
 * other streams of the connection have room for theirs, and over HTTP/2 the stream is reset, too, if it has not ended in time.
 */
export function endUnreadRequest(request: NodeRequest, response: NodeResponse): void {
  endRequest(request);
  if ("stream" in response && !response.stream.endAfterHeaders) limitAnswer(response);
}

/** The same for a call that is refused: its client, which has to take a few bytes only, has no longer for its answer, either. */
export function endRefusedCall(request: NodeRequest, response: NodeResponse): void {
  endRequest(request);
  limitAnswer(response);
}

function limitAnswer(response: NodeResponse): void {
  const cut = () => ("stream" in response ? resetStream(response.stream) : response.destroy());
  const timer = setTimeout(cut, REST_LIMIT_MS);
  response.on("close", () => clearTimeout(timer));
}

/** Ends a stream whose client has not: it has its answer, or does not take it. */
export function resetStream(stream: ServerHttp2Stream): void {
  stream.close(stream.writableFinished ? constants.NGHTTP2_NO_ERROR : constants.NGHTTP2_CANCEL);
}

function limitRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), REST_LIMIT_MS);
  request.on("close", () => clearTimeout(timer));
}
