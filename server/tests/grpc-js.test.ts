import { once } from "node:events";
import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import {
  CalculatorService,
  RunningTotalRequestSchema,
  RunningTotalResponseSchema,
  SumRequestSchema,
  SumResponseSchema,
} from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import {
  GreeterService,
  SayHelloRequestSchema,
  SayHelloResponseSchema,
  StreamGreetingsRequestSchema,
  StreamGreetingsResponseSchema,
  WatchGreetingsRequestSchema,
  WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const server = useServer();
const TIMEOUT = { timeout: 5_000, interval: 5 };
let client: Client;

beforeAll(() => {
  // A proxy that the environment names is for the outside, not for a server under test.
  client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
});
afterAll(() => client.close());

const writer =
  <T extends DescMessage>(schema: T) =>
  (message: MessageShape<T>) =>
    Buffer.from(toBinary(schema, message));
const reader =
  <T extends DescMessage>(schema: T) =>
  (bytes: Buffer) =>
    fromBinary(schema, bytes);

const sayHello = (name: string, metadata = new Metadata()) =>
  new Promise<MessageShape<typeof SayHelloResponseSchema>>((resolve, reject) => {
    client.makeUnaryRequest(
      `/${GreeterService.typeName}/SayHello`,
      writer(SayHelloRequestSchema),
      reader(SayHelloResponseSchema),
      create(SayHelloRequestSchema, { name }),
      metadata,
      (error, response) => (response === undefined ? reject(error) : resolve(response)),
    );
  });

const watchGreetings = (deadline?: Date) =>
  client.makeServerStreamRequest(
    `/${GreeterService.typeName}/WatchGreetings`,
    writer(WatchGreetingsRequestSchema),
    reader(WatchGreetingsResponseSchema),
    create(WatchGreetingsRequestSchema),
    new Metadata(),
    deadline === undefined ? {} : { deadline },
  );

const failureOf = (call: Promise<unknown>): Promise<ServiceError> =>
  call.then(
    () => expect.unreachable("the call must fail"),
    (error) => error,
  );

it("makes a unary call, with metadata", async () => {
  const metadata = new Metadata();
  metadata.set("accept-language", "fr");
  expect(await sayHello("Ada", metadata)).toMatchObject({ language: "fr" });
});

it("finds the details of an error in the trailers", async () => {
  const error = await failureOf(sayHello("\t"));
  expect(error).toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: "name must have no control characters: got U+0009 tab at index 0",
  });
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  // A google.rpc.Status whose only detail is a BadRequest: its bytes are the last ones.
  const { fieldViolations } = readBadRequest(Buffer.from(bytes ?? ""));
  expect(fieldViolations).toMatchObject([
    { field: "name", description: "must have no control characters: got U+0009 tab at index 0" },
  ]);
});

/** The BadRequest inside the bytes of a google.rpc.Status: what follows the type URL and the length of its value. */
function readBadRequest(status: Buffer) {
  const url = "type.googleapis.com/google.rpc.BadRequest";
  const value = status.indexOf(url) + url.length;
  const length = status.readUInt8(value + 1);
  return fromBinary(BadRequestSchema, status.subarray(value + 2, value + 2 + length));
}

it("reads a stream", async () => {
  const init: MessageInitShape<typeof StreamGreetingsRequestSchema> = {
    name: "Ada",
    count: 3,
    interval: { nanos: 10_000_000 },
  };
  const stream = client.makeServerStreamRequest(
    `/${GreeterService.typeName}/StreamGreetings`,
    writer(StreamGreetingsRequestSchema),
    reader(StreamGreetingsResponseSchema),
    create(StreamGreetingsRequestSchema, init),
  );
  expect((await Array.fromAsync(stream)).map(({ number }) => number)).toEqual([1, 2, 3]);
});

it("sends a stream", async () => {
  const { promise, resolve, reject } = Promise.withResolvers<MessageShape<typeof SumResponseSchema>>();
  const call = client.makeClientStreamRequest(
    `/${CalculatorService.typeName}/Sum`,
    writer(SumRequestSchema),
    reader(SumResponseSchema),
    (error, response) => (response === undefined ? reject(error) : resolve(response)),
  );
  for (const number of [0.1, 0.2]) call.write(create(SumRequestSchema, { number }));
  call.end();
  expect((await promise).figures).toMatchObject({ count: 2n, sum: 0.3 });
});

it("talks both ways", async () => {
  const call = client.makeBidiStreamRequest(
    `/${CalculatorService.typeName}/RunningTotal`,
    writer(RunningTotalRequestSchema),
    reader(RunningTotalResponseSchema),
  );
  const sums: unknown[] = [];
  for (const number of [1, 2, 4]) {
    call.write(create(RunningTotalRequestSchema, { number }));
    const [{ figures }] = await once(call, "data");
    sums.push(figures.sum);
  }
  expect(sums).toEqual([1, 3, 7]);
  call.end();
  const [{ code }] = await once(call.resume(), "status");
  expect(code).toBe(status.OK);
});

it("is told when its deadline has passed", async () => {
  const stream = watchGreetings(new Date(Date.now() + 100));
  expect(await failureOf(Array.fromAsync(stream))).toMatchObject({ code: status.DEADLINE_EXCEEDED });
  await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
});

it("ends a stream at the server when it cancels", async () => {
  const stream = watchGreetings();
  const [first] = await once(stream, "data");
  expect(first.update.case).toBe("position");
  expect(server.server.runningHandlers()).toBe(1);
  const failed = failureOf(Array.fromAsync(stream));
  stream.cancel();
  expect(await failed).toMatchObject({ code: status.CANCELLED });
  await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
});

it("is told that a method does not exist", async () => {
  const call = new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      "/triptych.greeter.v1.GreeterService/Wave",
      (bytes: Buffer) => bytes,
      (bytes) => bytes,
      Buffer.alloc(0),
      (error, response) => (error === null ? resolve(response) : reject(error)),
    );
  });
  expect(await failureOf(call)).toMatchObject({ code: status.UNIMPLEMENTED });
});
