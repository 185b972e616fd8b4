import { Code, ConnectError } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import {
  codeToHttpStatus,
  contentTypeStreamJson,
  contentTypeStreamProto,
  createEndStreamSerialization,
  endStreamFlag,
  errorToJsonBytes,
} from "@connectrpc/connect/protocol-connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { relaxGrpcMessage } from "@triptych/rpc/protocols/grpc-status.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { sendHeaders, sendHeadersOnly } from "./send-response.ts";

/** The path of a method, such as `/package.Service/Method`. */
const METHOD_PATH = /^\/[\w.]+\/\w+$/;
const CONNECT_UNARY = /^application\/(json|proto)\b/i;
const CONNECT_STREAM = /^application\/connect\+(json|proto)\b/i;
const GRPC = /^application\/grpc/i;

const endStream = createEndStreamSerialization(undefined);

/** Whether a request that no method answers is a call all the same, to be refused in its own protocol. */
export function isCall(request: NodeRequest): boolean {
  if (request.method !== "POST") return false;
  const contentType = request.headers["content-type"] ?? "";
  if (GRPC.test(contentType)) return true;
  const path = request.url?.split("?", 1)[0] ?? "";
  return METHOD_PATH.test(path) && (CONNECT_UNARY.test(contentType) || CONNECT_STREAM.test(contentType));
}

/**
 * Answers a call with an error, in the protocol that its content type names, without reading its body: gRPC and gRPC-Web with a status
 * in the headers, Connect with JSON.
 */
export function refuseCall(request: NodeRequest, response: NodeResponse, error: ConnectError): void {
  const contentType = request.headers["content-type"] ?? "";
  if (GRPC.test(contentType)) {
    const header = new Headers({ "content-type": contentType });
    setTrailerStatus(header, error);
    relaxGrpcMessage(header);
    sendHeadersOnly(response, 200, header);
    return;
  }
  const stream = CONNECT_STREAM.exec(contentType);
  if (stream !== null) {
    const type = stream[1]?.toLowerCase() === "json" ? contentTypeStreamJson : contentTypeStreamProto;
    sendHeaders(response, 200, new Headers({ "content-type": type }));
    response.end(encodeEnvelope(endStreamFlag, endStream.serialize({ metadata: new Headers(), error })));
    return;
  }
  // The protocol says of a method that does not exist what HTTP says of a page.
  const status = error.code === Code.Unimplemented ? 404 : codeToHttpStatus(error.code);
  sendHeaders(response, status, new Headers({ "content-type": "application/json" }));
  response.end(errorToJsonBytes(error, undefined));
}

/** The error for a path that no method has. */
export function unknownMethod(request: Pick<NodeRequest, "url">): ConnectError {
  const path = request.url?.split("?", 1)[0] ?? "";
  const shown = path.slice(0, 200);
  return new ConnectError(`no such method: ${shown}`, Code.Unimplemented);
}
