import type { OutgoingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { mergeNonProtocolHeaders } from "@connectrpc/connect/protocol";
import {
  codeToHttpStatus,
  contentTypeUnaryJson,
  errorToJsonBytes,
  trailerMux,
} from "@connectrpc/connect/protocol-connect";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import type { RequestBody } from "../../call/request-body.ts";
import { messageTooLarge } from "../../messages/message-codec.ts";
import { sendable } from "../response-parts.ts";

/** What the body of a unary call is read against. */
export interface BareBodyOptions {
  /** The largest message, in bytes. */
  readonly maxBytes: number;
  /** What `content-length` says. */
  readonly promised: string | undefined;
}

/**
 * The bytes of a body that is the message itself; undefined while it is not whole.
 * @throws ConnectError, as soon as it is known, for one that is too large or has another length than promised.
 */
export function readBareBody(body: RequestBody, { maxBytes, promised }: BareBodyOptions): Uint8Array | undefined {
  const length = promised !== undefined && /^\d+$/.test(promised) ? Number(promised) : undefined;
  if (length !== undefined && length > maxBytes) throw messageTooLarge(maxBytes, length);
  if (length !== undefined && (body.length > length || (body.ended && body.length < length))) {
    const text = `protocol error: promised ${length} bytes, received ${body.length}`;
    throw new ConnectError(text, Code.InvalidArgument);
  }
  if (body.length > maxBytes) throw messageTooLarge(maxBytes);
  return body.ended ? body.peek() : undefined;
}

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
