import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { WholeResponse } from "../../call/response-writer.ts";
import { drainRequest } from "./drain-request.ts";

/** Answers a request from its head alone; what is left of it is read and dropped. */
export function sendRejection(
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
