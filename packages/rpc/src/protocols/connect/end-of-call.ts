import { Code, type ConnectError } from "@connectrpc/connect";
import {
  codeToHttpStatus,
  createEndStreamSerialization,
  endStreamFlag,
  errorToJsonBytes,
} from "@connectrpc/connect/protocol-connect";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import { envelope } from "../envelope.ts";
import { type EndOfCall, sendable } from "../response-parts.ts";
import { connectStreamFormats } from "./content-type.ts";

const STREAM = /^application\/connect\+(json|proto)\b/i;
const serialization = createEndStreamSerialization(undefined);

const OK: EndOfCall = {
  envelope: { flags: endStreamFlag, data: new TextEncoder().encode("{}") },
  trailers: undefined,
};

/** A last envelope with the trailers and the error, if there was one. */
export function endOfCall(trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && trailer.changed === undefined) return OK;
  const data = serialization.serialize({ metadata: trailer.all, ...(error && { error }) });
  return { envelope: { flags: endStreamFlag, data }, trailers: undefined };
}

/** Answers a call with an error alone: JSON, in the last envelope of a stream or as the whole body. */
export function rejection(contentType: string, error: ConnectError): WholeResponse {
  const stream = STREAM.exec(contentType);
  if (stream !== null) {
    const format = stream[1]?.toLowerCase() === "json" ? connectStreamFormats.json : connectStreamFormats.proto;
    const body = envelope(endStreamFlag, serialization.serialize({ metadata: new Headers(), error }));
    return { status: 200, headers: { "content-type": format.contentType }, body, trailers: undefined };
  }
  // The protocol says of a method that does not exist what HTTP says of a page.
  const status = error.code === Code.Unimplemented ? 404 : codeToHttpStatus(error.code);
  const headers = { ...sendable(new Headers(error.metadata)), "content-type": "application/json" };
  return { status, headers, body: errorToJsonBytes(error, undefined), trailers: undefined };
}
