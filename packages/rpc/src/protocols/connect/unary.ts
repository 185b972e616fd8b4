import type { OutgoingHttpHeaders } from "node:http";
import type { ConnectError } from "@connectrpc/connect";
import { mergeNonProtocolHeaders } from "@connectrpc/connect/protocol";
import {
  codeToHttpStatus,
  contentTypeUnaryJson,
  errorToJsonBytes,
  trailerMux,
} from "@connectrpc/connect/protocol-connect";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import { sendable } from "../response-parts.ts";

/** The response to a unary call of Connect that has failed: JSON with a status of HTTP. Puts the metadata of the error among the headers. */
export function errorBody(header: LazyHeaders, error: ConnectError) {
  header.set("content-type", contentTypeUnaryJson);
  if (!isWireError(error)) mergeNonProtocolHeaders(header.all, error.metadata);
  return { status: codeToHttpStatus(error.code), body: errorToJsonBytes(error, undefined) };
}

/** The headers of a response of Connect unary, with the trailers among them. */
export function unaryHeaders(
  header: LazyHeaders,
  trailer: LazyHeaders,
  unchanged: OutgoingHttpHeaders,
): OutgoingHttpHeaders {
  if (header.changed === undefined && trailer.changed === undefined) return unchanged;
  return sendable(trailerMux(header.all, trailer.all));
}

/** Whether an error came from another server, whose metadata are not ours to pass on. */
function isWireError(error: ConnectError): boolean {
  return "isWireError" in error && error.isWireError === true;
}
