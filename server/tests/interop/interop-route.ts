import { setTimeout as delay } from "node:timers/promises";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import {
  type BoolValue,
  type EchoStatus,
  EchoStatusSchema,
  type StreamingOutputCallRequest,
  TestService,
} from "@triptych/proto/grpc/testing/test_pb.ts";
import { type ServiceRoute, serviceRoute } from "@triptych/rpc/call/service-route.ts";

const ECHO_INITIAL = "x-grpc-test-echo-initial";
const ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";

/** The service of the gRPC project's interoperability tests, as its description asks servers to behave. */
export const interopRoute: ServiceRoute = serviceRoute(TestService, {
  emptyCall: () => ({}),
  unaryCall({ responseSize, responseStatus, expectCompressed }, context) {
    echoMetadata(context);
    checkCompression(expectCompressed, context);
    throwStatus(responseStatus);
    return { payload: payloadOf(responseSize) };
  },
  async *streamingOutputCall(request, context) {
    echoMetadata(context);
    yield* outputsOf(request, context);
  },
  async streamingInputCall(requests, context) {
    let aggregatedPayloadSize = 0;
    for await (const { payload, expectCompressed } of requests) {
      checkCompression(expectCompressed, context);
      aggregatedPayloadSize += payload?.body.length ?? 0;
    }
    return { aggregatedPayloadSize };
  },
  async *fullDuplexCall(requests, context) {
    echoMetadata(context);
    for await (const request of requests) yield* outputsOf(request, context);
  },
  async *halfDuplexCall(requests, context) {
    for (const request of await Array.fromAsync(requests)) yield* outputsOf(request, context);
  },
  unimplementedCall() {
    throw new ConnectError("nobody implements this", Code.Unimplemented);
  },
});

async function* outputsOf(request: StreamingOutputCallRequest, { signal }: HandlerContext) {
  throwStatus(request.responseStatus);
  for (const { size, intervalUs } of request.responseParameters) {
    if (intervalUs > 0) await delay(intervalUs / 1_000, undefined, { signal });
    yield { payload: payloadOf(size) };
  }
}

function payloadOf(size: number) {
  return { body: new Uint8Array(size) };
}

function throwStatus(status: EchoStatus | undefined): void {
  if (status === undefined) return;
  const details = [{ desc: EchoStatusSchema, value: status }];
  // A client may ask for a code that does not exist; it gets what it asked for.
  throw new ConnectError(status.message, status.code as Code, undefined, details);
}

/** What tells a handler of compression is the header of the call. */
function checkCompression(expected: BoolValue | undefined, { requestHeader }: HandlerContext): void {
  if (expected?.value !== true) return;
  const encoding = requestHeader.get("grpc-encoding") ?? "identity";
  if (encoding === "identity") throw new ConnectError("the request must be compressed", Code.InvalidArgument);
}

function echoMetadata({ requestHeader, responseHeader, responseTrailer }: HandlerContext): void {
  const initial = requestHeader.get(ECHO_INITIAL);
  if (initial !== null) responseHeader.set(ECHO_INITIAL, initial);
  const trailing = requestHeader.get(ECHO_TRAILING);
  if (trailing !== null) responseTrailer.set(ECHO_TRAILING, trailing);
}
