import type { ConnectError } from "@connectrpc/connect";
import type { WholeResponse } from "../../call/response-writer.ts";
import { rejection as grpcRejection } from "../grpc/reject.ts";

/** Answers a call with an error alone: the status is in the headers, where CORS lets pages of other origins read it. */
export function rejection(contentType: string, error: ConnectError): WholeResponse {
  return grpcRejection(contentType, error);
}
