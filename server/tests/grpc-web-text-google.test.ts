import type { DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import * as grpcWeb from "grpc-web";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { useServer } from "../src/testing/use-server.ts";
import { FetchXmlHttpRequest } from "./fetch-xml-http-request.ts";

const { sayHello, streamGreetings, watchGreetings } = GreeterService.method;

// A browser test shows the same over a real XMLHttpRequest.
describe("Google's grpc-web client in text mode", () => {
  const server = useServer();
  beforeAll(() => void vi.stubGlobal("XMLHttpRequest", FetchXmlHttpRequest));
  afterAll(() => void vi.unstubAllGlobals());

  const client = () => new grpcWeb.GrpcWebClientBase({ format: "text" });
  const url = (method: { readonly name: string }) => `${server.baseUrl}/${GreeterService.typeName}/${method.name}`;

  function call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    metadata: grpcWeb.Metadata = {},
  ): Promise<MessageShape<O>> {
    const descriptor = descriptorOf(method, grpcWeb.MethodType.UNARY);
    return client().unaryCall(url(method), create(method.input, request), metadata, descriptor);
  }

  function open<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageInitShape<I>,
    metadata: grpcWeb.Metadata = {},
  ): grpcWeb.ClientReadableStream<MessageShape<O>> {
    const descriptor = descriptorOf(method, grpcWeb.MethodType.SERVER_STREAMING);
    return client().serverStreaming(url(method), create(method.input, request), metadata, descriptor);
  }

  it("makes a unary call, with metadata", async () => {
    expect(await call(sayHello, { name: "Ada" }, { "accept-language": "de" })).toMatchObject({
      message: "Hallo, Ada!",
      language: "de",
    });
  });

  it("is told what was wrong", async () => {
    await expect(call(sayHello, { name: "" })).rejects.toMatchObject({
      code: Code.InvalidArgument,
      message: "name must have 1 to 200 characters: got none",
      metadata: { "grpc-status-details-bin": expect.any(String) },
    });
  });

  it("is told that there is no such method", async () => {
    await expect(call({ ...sayHello, name: "SayGoodbye" }, {})).rejects.toMatchObject({ code: Code.Unimplemented });
  });

  it("reads the messages of a stream one by one, while it is open", async () => {
    const stream = open(watchGreetings, {});
    const arrived: string[] = [];
    stream.on("error", () => undefined);
    stream.on("data", ({ update }) => arrived.push(update.case ?? "nothing"));
    await vi.waitFor(() => expect(arrived).toEqual(["position"]));
    await call(sayHello, { name: "Ada" });
    await vi.waitFor(() => expect(arrived).toEqual(["position", "greeting"]));
    await call(sayHello, { name: "Alan" });
    await vi.waitFor(() => expect(arrived).toEqual(["position", "greeting", "greeting"]));
    stream.cancel();
    await vi.waitFor(() => expect(server.server.runningHandlers()).toBe(0));
  });

  it("sees a stream end with its status", async () => {
    const stream = open(streamGreetings, { name: "Ada", count: 3, interval: { nanos: 10_000_000 } });
    const numbers: number[] = [];
    stream.on("data", ({ number }) => numbers.push(number));
    const status = new Promise((resolve) => stream.on("status", resolve));
    expect(await status).toMatchObject({ code: 0 });
    expect(numbers).toEqual([1, 2, 3]);
  });

  it("sees a stream end at its deadline", async () => {
    const stream = open(watchGreetings, {}, { deadline: String(Date.now() + 100) });
    const error = new Promise((resolve) => stream.on("error", resolve));
    expect(await error).toMatchObject({ code: Code.DeadlineExceeded });
    await vi.waitFor(() => expect(server.server.runningHandlers()).toBe(0));
  });
});

function descriptorOf<I extends DescMessage, O extends DescMessage>(
  method: { readonly name: string; readonly input: I; readonly output: O },
  type: string,
): grpcWeb.MethodDescriptor<MessageShape<I>, MessageShape<O>> {
  return new grpcWeb.MethodDescriptor(
    `/${GreeterService.typeName}/${method.name}`,
    type,
    // The client makes no message by itself; the constructors are for generated code.
    Object as never,
    Object as never,
    (message: MessageShape<I>) => toBinary(method.input, message),
    (bytes: Uint8Array) => fromBinary(method.output, bytes),
  );
}
