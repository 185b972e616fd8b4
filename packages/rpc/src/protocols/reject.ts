import { Code, ConnectError } from "@connectrpc/connect";
import type { WholeResponse } from "../call/response-writer.ts";
import { truncate } from "../messages/truncate-text.ts";
import { rejection as connectRejection } from "./connect/end-of-call.ts";
import { rejection as grpcRejection } from "./grpc/end-of-call.ts";
import { wellFormedError } from "./well-formed.ts";

/** The path of a method, such as `/package.Service/Method`. */
const METHOD_PATH = /^\/[\w.]+\/\w+$/;
const CONNECT = /^application\/(connect\+)?(json|proto)\b/i;
/** gRPC and gRPC-Web, in all their variants. */
const GRPC = /^application\/grpc/i;

/** Whether a request that no method answers is a call all the same, to be rejected in its own protocol. */
export function isCall(verb: string | undefined, path: string, contentType: string): boolean {
  if (verb !== "POST") return false;
  return GRPC.test(contentType) || (METHOD_PATH.test(path) && CONNECT.test(contentType));
}

/** Answers a call with an error, in the protocol that its content type names, without its body being read. */
export function rejection(contentType: string, reason: ConnectError): WholeResponse {
  const error = wellFormedError(reason);
  return GRPC.test(contentType) ? grpcRejection(contentType, error) : connectRejection(contentType, error);
}

/** The error for a call that comes when too many are in flight. */
export function tooManyCalls(): ConnectError {
  return new ConnectError("too many calls are in flight: try again later", Code.ResourceExhausted);
}

/**
 * The error for streams of a connection that has come of age, and for calls that come over it after that: nothing is wrong, and they may be made again at once. One for
 * all: to make one takes as long as many a handler.
 */
export const CAME_OF_AGE = new ConnectError("the connection has come of age: call again", Code.Unavailable, {
  "grpc-retry-pushback-ms": "0",
});

/** The error for a path that no method has. */
export function unknownMethod(path: string): ConnectError {
  return new ConnectError(`no such method: ${truncate(path, 200)}`, Code.Unimplemented);
}
