import { once } from "node:events";
import { request as requestHttp } from "node:http";
import { create, type DescMethod, toBinary } from "@bufbuild/protobuf";
import type { Code } from "@connectrpc/connect";
import { callOverWebSocket } from "@triptych/testkit/clients/improbable-client.ts";
import { frameOf } from "@triptych/testkit/clients/raw-socket.ts";

const TEXT = "application/grpc-web-text+proto";
const TRAILERS = 0x80;

/** Whether a method takes one request, and so nothing happens before that is there. */
export function takesOneRequest({ methodKind }: DescMethod): boolean {
  return methodKind === "unary" || methodKind === "server_streaming";
}

/** Calls a method over a WebSocket of its own, as `grpc-websockets`; the code it ends with, or 0 as soon as there is a message. */
export async function codeOverOwnSocket(
  baseUrl: string,
  method: DescMethod,
  headers: Readonly<Record<string, string>>,
): Promise<Code | 0> {
  const call = callOverWebSocket(baseUrl, method, headers);
  if (takesOneRequest(method)) call.send({});
  call.finishSend();
  const code = await call.next().then(
    () => 0,
    async () => Number((await call.end).code),
  );
  call.close();
  return code;
}

/** Calls a method with gRPC-Web in base64 over HTTP/1.1; the code it ends with, or 0 as soon as there is a message. */
export async function codeOverText(
  baseUrl: string,
  method: DescMethod,
  headers: Readonly<Record<string, string>>,
): Promise<Code | 0> {
  const url = `${baseUrl}/${method.parent.typeName}/${method.name}`;
  const request = requestHttp(url, { method: "POST", headers: { "content-type": TEXT, ...headers }, agent: false });
  const message = frameOf(toBinary(method.input, create(method.input)));
  request.end(takesOneRequest(method) ? message.toString("base64") : "");
  const [response] = await once(request, "response");
  try {
    const status = response.headers["grpc-status"];
    return status === undefined ? await codeOfBody(response) : Number(status);
  } finally {
    request.destroy();
  }
}

async function codeOfBody(chunks: AsyncIterable<Buffer>): Promise<Code | 0> {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk.toString("latin1");
    const [flag = TRAILERS] = Buffer.from(text, "base64");
    if (flag !== TRAILERS) return 0;
  }
  const trailers = Buffer.from(text, "base64").toString("latin1");
  return Number(/grpc-status: *(\d+)/.exec(trailers)?.[1]);
}
