import type { ConnectError } from "@connectrpc/connect";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import { setGrpcStatus } from "../grpc-status.ts";
import { type EndOfCall, sendable } from "../response-parts.ts";

const OK: EndOfCall = { envelope: undefined, trailers: Object.freeze({ "grpc-status": "0" }) };

/** Trailers with the status; those of a call that succeeded and whose trailers are unchanged are shared by all. */
export function endOfCall(trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && trailer.changed === undefined) return OK;
  const metadata = error === undefined ? trailer.all : setGrpcStatus(trailer.all, error);
  return { envelope: undefined, trailers: sendable(metadata) };
}

/**
 * Answers a call with an error alone, for gRPC-Web, too: the status is in the headers, which are all there is, and which CORS lets pages of
 * other origins read.
 */
export function rejection(contentType: string, error: ConnectError): WholeResponse {
  const header = setGrpcStatus(new Headers({ "content-type": contentType }), error);
  return { status: 200, headers: sendable(header), body: undefined, trailers: undefined };
}
