import { Code, type ConnectError } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import {
  codeToHttpStatus,
  createEndStreamSerialization,
  endStreamFlag,
  errorToJsonBytes,
} from "@connectrpc/connect/protocol-connect";
import type { WholeResponse } from "../../call/response-writer.ts";
import { sendable } from "../response-parts.ts";
import { connectStreamFormats } from "./content-type.ts";

const endStream = createEndStreamSerialization(undefined);
const STREAM = /^application\/connect\+(json|proto)\b/i;

/** Answers a call with an error alone: JSON, in the last envelope of a stream or as the whole body. */
export function rejection(contentType: string, error: ConnectError): WholeResponse {
  const stream = STREAM.exec(contentType);
  if (stream !== null) {
    const { contentType: type } =
      stream[1]?.toLowerCase() === "json" ? connectStreamFormats.json : connectStreamFormats.proto;
    const body = encodeEnvelope(endStreamFlag, endStream.serialize({ metadata: new Headers(), error }));
    return { status: 200, headers: { "content-type": type }, body, trailers: undefined };
  }
  // The protocol says of a method that does not exist what HTTP says of a page.
  const status = error.code === Code.Unimplemented ? 404 : codeToHttpStatus(error.code);
  const headers = { ...sendable(new Headers(error.metadata)), "content-type": "application/json" };
  return { status, headers, body: errorToJsonBytes(error, undefined), trailers: undefined };
}
