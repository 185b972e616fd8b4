import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { LazyHeaders } from "../../call/lazy-headers.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import { type HttpContext, headOf } from "../http-context.ts";
import { drainRequest } from "./drain-request.ts";
import { Http1Call } from "./http1-call.ts";

/** Answers a request over HTTP/1.1 that is a call, with the headers in `common` beside its own, and returns true; returns false for any other, untouched. */
export function handleRequest(
  { settings, route, originOf, clients, admit }: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
  common: OutgoingHttpHeaders,
): boolean {
  const { method: verb = "", url: target = "", headers, socket } = request;
  const found = route({ verb, target, headers, isHttp1: true });
  if (found === undefined) return false;
  const admitted = admit(found);
  if ("status" in admitted) {
    reject(request, response, admitted, common);
    return true;
  }
  const url = originOf("encrypted" in socket, headers.host ?? "") + target;
  const requestHeader = new LazyHeaders(headers);
  // Read now: an encrypted socket does not know its address any more once it is closed.
  const remoteAddress = clients.addressOf(socket.remoteAddress, headers["x-forwarded-for"]);
  // What a proxy that is trusted has shown is not what its client has.
  const peer = clients.isClient(socket.remoteAddress) ? { remoteAddress, socket } : { remoteAddress };
  const head = headOf(admitted, { requestHeader, url, carrier: "http/1.1", peer });
  const call = new Http1Call(settings, head, { request, response, common });
  call.start();
  if (admitted.queryMessage !== undefined) call.receiveQuery(admitted.queryMessage);
  call.follow();
  return true;
}

/** Answers a request from its head alone; what is left of it is read and dropped. */
function reject(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body = new Uint8Array(0) }: WholeResponse,
  common: OutgoingHttpHeaders,
): void {
  // What a broken connection brings must only not end the process.
  request.on("error", () => undefined);
  response.on("error", () => undefined);
  response.writeHead(status, { ...common, ...headers, "content-length": body.length });
  response.end(body);
  drainRequest(request);
}
