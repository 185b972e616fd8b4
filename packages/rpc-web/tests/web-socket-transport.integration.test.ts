import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallOptions, Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { OpenSocket } from "../src/transport/call-socket.ts";
import { createWebSocketTransport, type WebSocketTransportOptions } from "../src/transport/web-socket-transport.ts";

let directory: string;
let port: number;
let server: ServerProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-web-socket-"));
  port = await freePort();
  server = await startServerProcess(port, directory);
});

afterAll(async () => {
  await server.kill("SIGTERM");
  await rm(directory, { recursive: true });
});

/** Clients over one transport, whose sockets are counted. */
function createClients(options: Partial<WebSocketTransportOptions> = {}) {
  const openSocket = vi.fn<OpenSocket>((url, protocol) => new WebSocket(url, protocol));
  const transport = createWebSocketTransport({ baseUrl: server.baseUrl, idleMs: 50, openSocket, ...options });
  return {
    openSocket,
    calculator: createClient(CalculatorService, transport),
    greeter: createClient(GreeterService, transport),
  };
}

const handlersRunning = () => readMetric(server.baseUrl, "rpc_handlers_running");

async function* numbers(...values: number[]) {
  for (const number of values) yield { number };
}

/** Reads messages one by one, and leaves the call when it is disposed of. */
function open<T>(call: (options: CallOptions) => AsyncIterable<T>) {
  const left = new AbortController();
  const iterator = call({ signal: left.signal })[Symbol.asyncIterator]();
  return {
    next: async () => (await iterator.next()).value as T,
    leave: () => left.abort(),
    [Symbol.dispose]: () => left.abort(),
  };
}

it("carries unary calls", async () => {
  const { calculator } = createClients();
  expect((await calculator.add({ a: 2n, b: 40n })).sum).toBe(42n);
});

it("carries a stream of responses to its end", async () => {
  const { greeter } = createClients();
  const stream = greeter.streamGreetings({ name: "Ada", count: 3, interval: { nanos: 10_000_000 } });
  const greetings = await Array.fromAsync(stream, ({ number, message }) => [number, message]);
  expect(greetings.map(([number]) => number)).toEqual([1, 2, 3]);
  expect(greetings[0]?.[1]).toContain("Ada");
});

it("carries a stream of requests", async () => {
  const { calculator } = createClients();
  const { figures } = await calculator.sum(numbers(1, 2, 6));
  expect(figures).toMatchObject({ count: 3n, sum: 9, mean: 3, min: 1, max: 6 });
});

it("carries requests and responses in turns", async () => {
  const { greeter } = createClients();
  const names = Promise.withResolvers<string>();
  async function* people() {
    yield { name: "Ada" };
    yield { name: await names.promise };
  }
  using conversation = open((options) => greeter.converse(people(), options));
  expect((await conversation.next()).message).toContain("Ada");
  names.resolve("Grace");
  expect((await conversation.next()).message).toContain("Grace");
});

it("sends and receives messages larger than the window of a stream", async () => {
  const { calculator } = createClients();
  const values = Array.from({ length: 6_000 }, (_, index) => index);
  const { figures } = await calculator.sum(numbers(...values));
  expect(figures?.count).toBe(6_000n);
  let count = 0;
  for await (const { figures } of calculator.runningTotal(numbers(...values))) count = Number(figures?.count);
  expect(count).toBe(6_000);
});

it("brings metadata there and back", async () => {
  const { greeter } = createClients();
  const onHeader = vi.fn<(header: Headers) => void>();
  const onTrailer = vi.fn<(trailer: Headers) => void>();
  const { language } = await greeter.sayHello(
    { name: "Ada" },
    { headers: { "accept-language": "de" }, onHeader, onTrailer },
  );
  expect(language).toBe("de");
  expect(onHeader.mock.calls[0]?.[0]).toBeInstanceOf(Headers);
  expect(onTrailer.mock.calls[0]?.[0].get("grpc-status")).toBe("0");
});

it("brings errors with their details and the interceptors around them", async () => {
  const seen: unknown[] = [];
  const watch: Interceptor = (next) => async (request) => {
    seen.push(request.method.name);
    try {
      return await next(request);
    } catch (error) {
      seen.push(ConnectError.from(error).code);
      throw error;
    }
  };
  const { greeter } = createClients({ interceptors: [watch] });
  const error = await greeter.sayHello({ name: "" }).catch((reason) => ConnectError.from(reason));
  if (!(error instanceof ConnectError)) throw new Error("an empty name must be rejected");
  expect(error.code).toBe(Code.InvalidArgument);
  expect(error.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field).toBe("name");
  expect(seen).toEqual(["SayHello", Code.InvalidArgument]);
});

it("fails a stream with the error the server ends it with", async () => {
  const { greeter } = createClients();
  const stream = greeter.streamGreetings({ name: "", count: 1 })[Symbol.asyncIterator]();
  await expect(stream.next()).rejects.toMatchObject({ code: Code.InvalidArgument });
});

it("fails calls of methods that the server does not have", async () => {
  const { parent: _, ...rest } = CalculatorService.method.add;
  const transport = createWebSocketTransport({ baseUrl: server.baseUrl, idleMs: 50 });
  const elsewhere = { ...CalculatorService, typeName: "no.such.Service" };
  const call = transport.unary({ ...rest, parent: elsewhere }, undefined, undefined, undefined, {});
  await expect(call).rejects.toMatchObject({ code: Code.Unimplemented });
});

it("ends a call at its deadline", async () => {
  const { greeter } = createClients();
  const stream = greeter.streamGreetings({ name: "Ada", interval: { seconds: 60n } }, { timeoutMs: 100 });
  await expect(Array.fromAsync(stream)).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  await vi.waitFor(async () => expect(await handlersRunning()).toBe(0), 5_000);
});

it("a cancelled call ends at the server, and the others go on", async () => {
  const { greeter, openSocket } = createClients();
  using left = open((options) => greeter.streamGreetings({ name: "Ada", interval: { nanos: 10_000_000 } }, options));
  using kept = open((options) => greeter.streamGreetings({ name: "Bob", interval: { nanos: 10_000_000 } }, options));
  await left.next();
  await kept.next();
  expect(await handlersRunning()).toBe(2);
  left.leave();
  await expect(left.next()).rejects.toMatchObject({ code: Code.Canceled });
  await vi.waitFor(async () => expect(await handlersRunning()).toBe(1), 5_000);
  expect((await kept.next()).message).toContain("Bob");
  expect(openSocket).toHaveBeenCalledOnce();
  kept.leave();
  await vi.waitFor(async () => expect(await handlersRunning()).toBe(0), 5_000);
});

it("a stream that nobody reads does not hold up nine others on the socket", async () => {
  const { calculator, greeter, openSocket } = createClients();
  let asked = 0;
  async function* flood() {
    for (;;) {
      asked += 1;
      yield { number: 1 };
    }
  }
  using stalled = open((options) => calculator.runningTotal(flood(), options));
  await stalled.next();
  const others = Array.from({ length: 9 }, () =>
    open((options) => greeter.streamGreetings({ name: "Ada", interval: { nanos: 10_000_000 } }, options)),
  );
  for (let round = 0; round < 10; round++) await Promise.all(others.map((other) => other.next()));
  // By then the stalled stream has used its windows up, both ways.
  const before = asked;
  for (let round = 0; round < 10; round++) await Promise.all(others.map((other) => other.next()));
  expect(asked).toBe(before);
  expect(openSocket).toHaveBeenCalledOnce();
  for (const other of others) other.leave();
});

it("fails calls with UNAVAILABLE when the server dies, and the next call finds the new server", async () => {
  const { greeter, calculator, openSocket } = createClients();
  using stream = open((options) => greeter.streamGreetings({ name: "Ada", interval: { seconds: 60n } }, options));
  await stream.next();
  const lost = expect(stream.next()).rejects.toMatchObject({ code: Code.Unavailable });
  await server.kill("SIGKILL");
  await lost;
  await expect(calculator.add({ a: 1n, b: 1n })).rejects.toMatchObject({ code: Code.Unavailable });
  server = await startServerProcess(port, directory);
  expect((await calculator.add({ a: 1n, b: 1n })).sum).toBe(2n);
  expect(openSocket).toHaveBeenCalledTimes(3);
});
