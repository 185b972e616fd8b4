import { once } from "node:events";
import { connect } from "node:net";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { RetryInfoSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { callOverWebSocket } from "@triptych/testkit/clients/improbable-client.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it, vi } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

/** So slow that no test sees a share fill again: what a call of Recommend costs comes in ten seconds, that of a share in a thousand. */
const SHARE = { TRUST_PROXY: "1", CALLER_COST_PER_SECOND: "1", CALLER_COST_AT_ONCE: "1000" };
/** As many as there are in a share, but for one. */
const FILL = 99;

let addresses = 0;

/** An address that no other test has. */
function newAddress(): string {
  addresses += 1;
  return `192.0.2.${addresses}`;
}

const from = (address: string) => ({ headers: { "x-forwarded-for": address } });

async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  throw new Error("the call must be refused");
}

/** When a call may be tried again, in milliseconds, as its error says it in the two ways that every protocol has. */
function retryDelaysOf(error: ConnectError) {
  const [info] = error.findDetails(RetryInfoSchema);
  const delay = info?.retryDelay;
  return [delay && durationMs(delay), Number(error.metadata.get("grpc-retry-pushback-ms"))];
}

/** Uses up the share of an address. */
async function useUp(transport: Transport, address: string): Promise<void> {
  const books = createClient(RecommendationService, transport);
  const calls = Array.from({ length: FILL + 1 }, () => books.recommend({ userId: 1 }, from(address)));
  await Promise.all(calls);
}

describe("what calls of one caller may cost", () => {
  const server = useServer(SHARE);

  it.each(CALL_STYLES)("is bounded over %s, and the error says when to try again", async (style) => {
    const transport = createTransport(style, server.baseUrl);
    const address = newAddress();
    await useUp(transport, address);
    const books = createClient(RecommendationService, transport);
    const error = await errorOf(books.recommend({ userId: 1 }, from(address)));
    expect(error.code).toBe(Code.ResourceExhausted);
    const [delay = 0, pushback] = retryDelaysOf(error);
    expect(delay).toBeGreaterThan(0);
    expect(delay).toBeLessThanOrEqual(10_000);
    expect(pushback).toBe(delay);
    // Another address has its own.
    expect((await books.recommend({ userId: 1 }, from(newAddress()))).recommendations).not.toEqual([]);
  });

  it.each(CALL_STYLES)("is bounded for streams over %s", async (style) => {
    const transport = createTransport(style, server.baseUrl);
    const address = newAddress();
    await useUp(transport, address);
    const plot = () => Array.fromAsync(createClient(CalculatorService, transport).plot({}, from(address)));
    const error = await errorOf(plot());
    expect(error.code).toBe(Code.ResourceExhausted);
    const [delay = 0, pushback] = retryDelaysOf(error);
    expect(delay).toBeGreaterThan(0);
    expect(pushback).toBe(delay);
  });

  it("is bounded over our WebSockets", async () => {
    const address = newAddress();
    await useUp(createTransport("grpc", server.baseUrl), address);
    const client = await openCallClient(server.baseUrl, { "x-forwarded-for": address });
    const call = client.call(RecommendationService.method.recommend);
    await call.send({ userId: 1 });
    const trailers = await call.trailers;
    expect(trailers.get("grpc-status")).toBe(String(Code.ResourceExhausted));
    expect(Number(trailers.get("grpc-retry-pushback-ms"))).toBeGreaterThan(0);
    expect((await call.headers).get("retry-after")).toMatch(/^\d+$/);
    client.socket.close();
    await client.closed;
  });

  it("is bounded over grpc-websockets", async () => {
    // This client cannot say that it is another.
    await useUp(createTransport("grpc", server.baseUrl), "127.0.0.1");
    const call = callOverWebSocket(server.baseUrl, RecommendationService.method.recommend);
    call.send({ userId: 1 });
    call.finishSend();
    const { code, trailers } = await call.end;
    expect(code).toBe(Code.ResourceExhausted);
    expect(Number(trailers.get("grpc-retry-pushback-ms")[0])).toBeGreaterThan(0);
  });

  it("is said to HTTP as 429 with retry-after", async () => {
    const address = newAddress();
    await useUp(createTransport("connect over http/1.1", server.baseUrl), address);
    const headers = { "content-type": "application/json", "x-forwarded-for": address };
    const path = "/triptych.recommendation.v1.RecommendationService/Recommend";
    const answer = await sendRequest(server.baseUrl, path, { method: "POST", headers, body: '{"userId": 1}' });
    expect(answer.status).toBe(429);
    expect(answer.headers["retry-after"]).toMatch(/^(?:[1-9]|10)$/);
  });

  it("is asked for before the body of a call is read", async () => {
    const address = newAddress();
    await useUp(createTransport("grpc", server.baseUrl), address);
    const socket = connect(server.port, "127.0.0.1");
    socket.write(
      [
        "POST /triptych.recommendation.v1.RecommendationService/Recommend HTTP/1.1",
        ...["host: localhost", "content-type: application/json", "content-length: 1000"],
        `x-forwarded-for: ${address}`,
        "\r\n",
      ].join("\r\n"),
    );
    const [head] = await once(socket, "data");
    expect(String(head)).toMatch(/^HTTP\/1\.1 429 /);
    socket.destroy();
    await once(socket, "close");
  });

  it("leaves light calls over where a heavy one is too much", async () => {
    const transport = createTransport("grpc", server.baseUrl);
    const address = newAddress();
    await useUp(transport, address);
    const languages = () => createClient(GreeterService, transport).listLanguages({}, from(address));
    // What it costs comes in a second.
    await vi.waitFor(languages, 20_000);
    const { code } = await errorOf(
      createClient(RecommendationService, transport).recommend({ userId: 1 }, from(address)),
    );
    expect(code).toBe(Code.ResourceExhausted);
  });

  it("never keeps health from being asked for", async () => {
    const transport = createTransport("grpc", server.baseUrl);
    const address = newAddress();
    await useUp(transport, address);
    expect((await createClient(Health, transport).check({}, from(address))).status).toBe(1);
  });

  it("is that of a whole network of IPv6, and of no other", async () => {
    const transport = createTransport("grpc", server.baseUrl);
    await useUp(transport, "2001:db8:1:2::1");
    const books = createClient(RecommendationService, transport);
    const error = await errorOf(books.recommend({ userId: 1 }, from("2001:db8:1:2:ffff::9")));
    expect(error.code).toBe(Code.ResourceExhausted);
    await books.recommend({ userId: 1 }, from("2001:db8:1:3::1"));
  });

  it("goes by the messages of a stream, too, which ends when they are too many", async () => {
    const client = await openCallClient(server.baseUrl, { "x-forwarded-for": newAddress() });
    const call = client.call(CalculatorService.method.sum);
    for (let sent = 0; sent < 1_100; sent++) await call.send({ number: 1 });
    const trailers = await call.trailers;
    expect(trailers.get("grpc-status")).toBe(String(Code.ResourceExhausted));
    expect(Number(trailers.get("grpc-retry-pushback-ms"))).toBeGreaterThan(0);
    client.socket.close();
    await client.closed;
  });

  it("keeps who calls on and on waiting, and nobody else", async () => {
    const transport = createTransport("grpc", server.baseUrl);
    const [greedy, polite] = [newAddress(), newAddress()];
    await useUp(transport, greedy);
    const books = createClient(RecommendationService, transport);
    const ended: string[] = [];
    const refused = Array.from({ length: 300 }, async () => {
      const { code } = await errorOf(books.recommend({ userId: 1 }, from(greedy)));
      ended.push(Code[code] ?? "");
    });
    // Behind them all, on the same connection.
    await books.recommend({ userId: 1 }, from(polite));
    ended.push("polite");
    await Promise.all(refused);
    expect(ended.filter((code) => code === "ResourceExhausted")).toHaveLength(300);
    expect(ended.length - 1 - ended.indexOf("polite")).toBeGreaterThanOrEqual(100);
  });

  it("is counted where it refuses", async () => {
    const refused = () => server.readMetric("rpc_calls_refused_total", { reason: "caller_rate" });
    const before = await refused();
    const transport = createTransport("grpc", server.baseUrl);
    const address = newAddress();
    await useUp(transport, address);
    await errorOf(createClient(RecommendationService, transport).recommend({ userId: 1 }, from(address)));
    expect(await refused()).toBe(before + 1);
  });
});

describe("what one caller may have in flight", () => {
  const server = useServer({ TRUST_PROXY: "1", MAX_STREAMS_PER_CALLER: "2", MAX_CALLS_PER_CALLER: "3" });

  it.each(["grpc", "grpc-web over http/1.1", "connect over http/2"] as const)("is bounded over %s", async (style) => {
    const greeter = createClient(GreeterService, createTransport(style, server.baseUrl));
    const address = newAddress();
    const watch = (of: string) => openStream((options) => greeter.watchGreetings({}, { ...options, ...from(of) }));
    const first = watch(address);
    const second = watch(address);
    await Promise.all([first.next(), second.next()]);
    const error = await errorOf(watch(address).next());
    expect(error.code).toBe(Code.ResourceExhausted);
    expect(retryDelaysOf(error)).toEqual([1_000, 1_000]);
    // Calls that are no streams have places of their own.
    await greeter.listLanguages({}, from(address));
    await using other = watch(newAddress());
    await other.next();
    await first[Symbol.asyncDispose]();
    // Once the server has heard of that.
    const third = await vi.waitFor(async () => {
      const stream = watch(address);
      await stream.next();
      return stream;
    });
    await second[Symbol.asyncDispose]();
    await third[Symbol.asyncDispose]();
  });

  it("is counted by what it is", async () => {
    expect(await server.readMetric("rpc_calls_refused_total", { reason: "caller_streams" })).toBeGreaterThanOrEqual(3);
    expect(await server.readMetric("rpc_calls_refused_total", { reason: "caller_calls" })).toBe(0);
  });

  it("is free again once all have left", async () => {
    await expect.poll(() => server.server.held().callers).toBe(0);
  });
});

describe("bytes of incomplete messages of one caller", () => {
  const server = useServer({ TRUST_PROXY: "1", MAX_BUFFERED_BYTES_PER_CALLER: "100000" });

  it("are bounded, and given back", async () => {
    const address = newAddress();
    const socket = connect(server.port, "127.0.0.1");
    const send = (bytes: number) => socket.write(Buffer.alloc(bytes, "a"));
    socket.write(
      [
        "POST /triptych.greeter.v1.GreeterService/SayHello HTTP/1.1",
        ...["host: localhost", "content-type: application/json", "content-length: 1000000"],
        `x-forwarded-for: ${address}`,
        "\r\n",
      ].join("\r\n"),
    );
    send(200_000);
    const [head] = await once(socket, "data");
    expect(String(head)).toMatch(/^HTTP\/1\.1 429 /);
    socket.destroy();
    await once(socket, "close");
    expect(await server.readMetric("rpc_calls_refused_total", { reason: "caller_bytes" })).toBe(1);
    const greeter = createClient(GreeterService, createTransport("connect over http/1.1", server.baseUrl));
    await greeter.sayHello({ name: "Ada" }, from(address));
  });
});
