import {
  create,
  type DescMethod,
  type DescMethodStreaming,
  type DescMethodUnary,
  type MessageShape,
} from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { codeOverOwnSocket, codeOverText, takesOneRequest } from "./code-of-web-call.ts";

/** What carries the calls of the table: each protocol, both versions of HTTP, and both ways over WebSockets. */
export const CARRIERS = [
  "grpc",
  "grpc-web over http/2",
  "grpc-web over http/1.1",
  "grpc-web-text over http/1.1",
  "connect over http/2",
  "connect over http/1.1",
  "connect by get over http/1.1",
  "grpc-websockets",
  "triptych-calls.v1",
] as const;

/** What carries a call. */
export type CarrierOfCall = (typeof CARRIERS)[number];

/** Calls of one carrier. */
export interface CodeOfCalls {
  /** Calls a method with an empty request, or one that is given; the code it ends with, or 0 as soon as there is a message or a good end. */
  codeOf(method: DescMethod, credential: string | undefined): Promise<Code | 0>;
  close(): void;
}

/** Opens a carrier to a server. */
export async function openCarrier(carrier: CarrierOfCall, baseUrl: string): Promise<CodeOfCalls> {
  const close = () => undefined;
  switch (carrier) {
    case "triptych-calls.v1":
      return overSharedSocket(baseUrl);
    case "grpc-websockets":
      return { codeOf: (method, credential) => codeOverOwnSocket(baseUrl, method, headersOf(credential)), close };
    case "grpc-web-text over http/1.1":
      return { codeOf: (method, credential) => codeOverText(baseUrl, method, headersOf(credential)), close };
    case "connect by get over http/1.1":
      return overHttp(createConnectTransport({ baseUrl, httpVersion: "1.1", useHttpGet: true }));
    default:
      return overHttp(createTransport(carrier, baseUrl));
  }
}

function headersOf(credential: string | undefined): Record<string, string> {
  return credential === undefined ? {} : { authorization: `Bearer ${credential}` };
}

function overHttp(transport: Transport): CodeOfCalls {
  return {
    async codeOf(method, credential) {
      const ended = new AbortController();
      try {
        await firstMessage(transport, method, { headers: headersOf(credential), signal: ended.signal });
        return 0;
      } catch (error) {
        return ConnectError.from(error).code;
      } finally {
        ended.abort();
      }
    },
    close: () => undefined,
  };
}

async function firstMessage(
  transport: Transport,
  method: DescMethod,
  { headers, signal }: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
): Promise<void> {
  if (isUnary(method)) {
    await transport.unary(method, signal, undefined, headers, {});
    return;
  }
  const request = (async function* (): AsyncGenerator<MessageShape<typeof method.input>> {
    if (method.methodKind === "server_streaming") yield create(method.input);
  })();
  // What is not unary streams.
  const streaming = method as DescMethodStreaming;
  const { message } = await transport.stream(streaming, signal, undefined, headers, request);
  for await (const _ of message) return;
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}

async function overSharedSocket(baseUrl: string): Promise<CodeOfCalls> {
  const client = await openCallClient(baseUrl);
  return {
    async codeOf(method, credential) {
      const call = client.call(method, headersOf(credential));
      if (takesOneRequest(method)) await call.send({});
      call.end();
      const { done } = await call.messages.next();
      if (done !== true) {
        call.cancel();
        return 0;
      }
      return Number((await call.trailers).get("grpc-status"));
    },
    close: () => client.socket.close(),
  };
}

/** Whether a carrier carries calls of a method: HTTP/1.1 has no streams in both directions, and GET is for unary calls that change nothing. */
export function carries(carrier: CarrierOfCall, { methodKind, idempotency }: DescMethod): boolean {
  if (carrier === "connect by get over http/1.1")
    return methodKind === "unary" && idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
  return !(carrier.endsWith("http/1.1") && methodKind === "bidi_streaming");
}

/** Whether a code says that the caller may not. */
export function isRejected(code: Code | 0): boolean {
  return code === Code.Unauthenticated || code === Code.PermissionDenied;
}
