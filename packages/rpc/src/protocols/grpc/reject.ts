import type { ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import type { WholeResponse } from "../../call/response-writer.ts";
import { sendable } from "../response-parts.ts";
import { relaxGrpcMessage } from "./status-message.ts";

/** Answers a call with an error alone: the status is in the headers, which are all there is. */
export function rejection(contentType: string, error: ConnectError): WholeResponse {
  const header = new Headers({ "content-type": contentType });
  setTrailerStatus(header, error);
  relaxGrpcMessage(header);
  return { status: 200, headers: sendable(header), body: undefined, trailers: undefined };
}
