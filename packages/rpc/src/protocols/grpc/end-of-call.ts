import type { ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import { type EndOfCall, sendable } from "../response-parts.ts";
import { relaxGrpcMessage } from "./status-message.ts";

const OK: EndOfCall = { envelope: undefined, trailers: Object.freeze({ "grpc-status": "0" }) };

/** Trailers with the status; those of a call that went well and whose trailers nobody has changed are shared by all. */
export function endOfCall(trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && trailer.changed === undefined) return OK;
  const metadata = statusTrailers(trailer, error);
  if (error !== undefined) relaxGrpcMessage(metadata);
  return { envelope: undefined, trailers: sendable(metadata) };
}

/** The trailers of a call of gRPC or gRPC-Web that went well or failed. */
export function statusTrailers(trailer: LazyHeaders, error: ConnectError | undefined): Headers {
  return error === undefined ? trailer.all : setTrailerStatus(trailer.all, error);
}
