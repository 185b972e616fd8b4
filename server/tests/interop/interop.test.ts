import { once } from "node:events";
import { create, toBinary } from "@bufbuild/protobuf";
import { compressionAlgorithms, Metadata, status as StatusCode } from "@grpc/grpc-js";
import { SimpleRequestSchema, TestService, UnimplementedService } from "@triptych/proto/grpc/testing/test_pb.ts";
import { envelope, readEnvelopes } from "@triptych/testkit/raw/envelope.ts";
import { createHttp2Client } from "@triptych/testkit/raw/http2-client.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createInteropClient, hearStream, type InteropClient } from "./interop-client.ts";
import { interopRoute } from "./interop-route.ts";

const { emptyCall, unaryCall, streamingOutputCall, streamingInputCall, fullDuplexCall, unimplementedCall } =
  TestService.method;
/** Sizes that the description of the tests names. */
const LARGE_REQUEST = 271_828;
const LARGE_RESPONSE = 314_159;
const REQUEST_SIZES = [27_182, 8, 1_828, 45_904];
const RESPONSE_SIZES = [31_415, 9, 2_653, 58_979];
const SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

const payload = (size: number) => ({ body: new Uint8Array(size) });
const sizesOf = (messages: readonly { readonly payload?: { readonly body: Uint8Array } | undefined }[]) =>
  messages.map((message) => message.payload?.body.length);

let served: ServedRoutes;
let client: InteropClient;

beforeAll(async () => {
  served = await serveRoutes([interopRoute], { readMaxBytes: 1_048_576 });
  client = createInteropClient(served.port);
});

afterAll(async () => {
  client[Symbol.dispose]();
  await vi.waitFor(() => expect(served.rpc.running.count).toBe(0));
  await served.close();
});

describe("gRPC interoperability with grpc-js", () => {
  it("empty_unary", async () => {
    const { messages, status } = await client.unary(emptyCall, {});
    expect([messages.length, status.code]).toEqual([1, StatusCode.OK]);
  });

  it("large_unary", async () => {
    const request = { responseSize: LARGE_RESPONSE, payload: payload(LARGE_REQUEST) };
    const { messages, status } = await client.unary(unaryCall, request);
    expect([sizesOf(messages), status.code]).toEqual([[LARGE_RESPONSE], StatusCode.OK]);
  });

  it("client_compressed_unary", async () => {
    const request = {
      responseSize: LARGE_RESPONSE,
      payload: payload(LARGE_REQUEST),
      expectCompressed: { value: true },
    };
    expect((await client.unary(unaryCall, request)).status.code).toBe(StatusCode.INVALID_ARGUMENT);
    using compressing = createInteropClient(served.port, {
      "grpc.default_compression_algorithm": compressionAlgorithms.gzip,
    });
    expect(sizesOf((await compressing.unary(unaryCall, request)).messages)).toEqual([LARGE_RESPONSE]);
  });

  it("server_compressed_unary", async () => {
    using raw = createHttp2Client(served.port);
    const message = toBinary(SimpleRequestSchema, create(SimpleRequestSchema, { responseSize: LARGE_RESPONSE }));
    const call = (accepted: string) =>
      raw.send({
        method: "POST",
        path: "/grpc.testing.TestService/UnaryCall",
        headers: [
          ["content-type", "application/grpc"],
          ["te", "trailers"],
          ["grpc-accept-encoding", accepted],
        ],
        chunks: [envelope(message)],
      });
    const flagsOf = ({ body }: { readonly body: Buffer }) => readEnvelopes(body).map(({ flags }) => flags);
    expect(flagsOf(await call("gzip"))).toEqual([1]);
    expect(flagsOf(await call("identity"))).toEqual([0]);
    // The client itself understands what it asked for.
    expect(sizesOf((await client.unary(unaryCall, { responseSize: LARGE_RESPONSE })).messages)).toEqual([
      LARGE_RESPONSE,
    ]);
  });

  it("client_streaming", async () => {
    const requests = REQUEST_SIZES.map((size) => ({ payload: payload(size) }));
    const { messages, status } = await client.upload(streamingInputCall, requests);
    expect(messages).toMatchObject([{ aggregatedPayloadSize: 74_922 }]);
    expect(status.code).toBe(StatusCode.OK);
  });

  it("server_streaming", async () => {
    const responseParameters = RESPONSE_SIZES.map((size) => ({ size }));
    const { messages, status } = await hearStream<{ payload?: { body: Uint8Array } }>(
      client.stream(streamingOutputCall, { responseParameters }),
    );
    expect([sizesOf(messages), status.code]).toEqual([RESPONSE_SIZES, StatusCode.OK]);
  });

  it("ping_pong", async () => {
    const call = client.duplex(fullDuplexCall);
    for (const [index, size] of RESPONSE_SIZES.entries()) {
      call.write({ responseParameters: [{ size }], payload: payload(REQUEST_SIZES[index] ?? 0) });
      const [message] = await once(call, "data");
      expect(sizesOf([message])).toEqual([size]);
    }
    call.end();
    expect((await hearStream(call)).status.code).toBe(StatusCode.OK);
  });

  it("empty_stream", async () => {
    const call = client.duplex(fullDuplexCall);
    call.end();
    const { messages, status } = await hearStream(call);
    expect([messages.length, status.code]).toEqual([0, StatusCode.OK]);
  });

  describe("custom_metadata", () => {
    const metadata = new Metadata();
    metadata.set("x-grpc-test-echo-initial", "test_initial_metadata_value");
    metadata.set("x-grpc-test-echo-trailing-bin", Buffer.from([0xab, 0xab, 0xab]));

    it("of a unary call", async () => {
      const { header, status } = await client.unary(unaryCall, { responseSize: 10 }, { metadata });
      expect(header.get("x-grpc-test-echo-initial")).toEqual(["test_initial_metadata_value"]);
      expect(status.metadata.get("x-grpc-test-echo-trailing-bin")).toEqual([Buffer.from([0xab, 0xab, 0xab])]);
    });

    it("of a stream", async () => {
      const call = client.duplex(fullDuplexCall, { metadata });
      call.end({ responseParameters: [{ size: 10 }] });
      const { header, status } = await hearStream(call);
      expect(header.get("x-grpc-test-echo-initial")).toEqual(["test_initial_metadata_value"]);
      expect(status.metadata.get("x-grpc-test-echo-trailing-bin")).toEqual([Buffer.from([0xab, 0xab, 0xab])]);
    });
  });

  describe("status_code_and_message", () => {
    const responseStatus = { code: 2, message: "test status message" };

    it("of a unary call", async () => {
      const { status } = await client.unary(unaryCall, { responseStatus });
      expect(status).toMatchObject({ code: StatusCode.UNKNOWN, details: "test status message" });
    });

    it("of a stream", async () => {
      const call = client.duplex(fullDuplexCall);
      call.end({ responseStatus });
      const { status } = await hearStream(call);
      expect(status).toMatchObject({ code: StatusCode.UNKNOWN, details: "test status message" });
    });
  });

  it("special_status_message", async () => {
    const { status } = await client.unary(unaryCall, { responseStatus: { code: 2, message: SPECIAL_MESSAGE } });
    expect(status).toMatchObject({ code: StatusCode.UNKNOWN, details: SPECIAL_MESSAGE });
  });

  it("cancel_after_begin", async () => {
    const call = client.duplex(fullDuplexCall);
    const heard = hearStream(call);
    // A call that is cancelled before its stream is open is never reset by this client: the server would wait for ever.
    await expect.poll(() => served.rpc.running.count).toBe(1);
    call.cancel();
    expect((await heard).status.code).toBe(StatusCode.CANCELLED);
    await expect.poll(() => served.rpc.running.count).toBe(0);
  });

  it("cancel_after_first_response", async () => {
    const call = client.duplex(fullDuplexCall);
    const heard = hearStream(call);
    call.write({ responseParameters: [{ size: 31_415 }], payload: payload(27_182) });
    await once(call, "data");
    call.cancel();
    expect((await heard).status.code).toBe(StatusCode.CANCELLED);
    await expect.poll(() => served.rpc.running.count).toBe(0);
  });

  it("timeout_on_sleeping_server", async () => {
    const call = client.duplex(fullDuplexCall, { timeoutMs: 30 });
    const heard = hearStream(call);
    call.write({ responseParameters: [{ size: 31_415, intervalUs: 600_000_000 }], payload: payload(27_182) });
    expect((await heard).status.code).toBe(StatusCode.DEADLINE_EXCEEDED);
  });

  it("unimplemented_method", async () => {
    expect((await client.unary(unimplementedCall, {})).status.code).toBe(StatusCode.UNIMPLEMENTED);
  });

  it("unimplemented_service", async () => {
    const { status } = await client.unary(UnimplementedService.method.unimplementedCall, {});
    expect(status.code).toBe(StatusCode.UNIMPLEMENTED);
  });
});
