import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import {
  GreeterService,
  SayHelloRequestSchema,
  SayHelloResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { type ExportedSpan, type OtlpReceiver, startOtlpReceiver } from "@triptych/testkit/servers/otlp-receiver.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StartedServer, startServer } from "../src/testing/start-server.ts";
import { createGrpcJsClient } from "./grpc-js-client.ts";
import { runPythonChecks } from "./python-checks.ts";

const HELLO = "triptych.greeter.v1.GreeterService/SayHello";
const traceId = "0af7651916cd43dd8448eb211c80319c";
const parent = { traceId, spanId: "b7ad6b7169203331" };
const sampled = { traceparent: `00-${parent.traceId}-${parent.spanId}-01` };

let receiver: OtlpReceiver;
let server: StartedServer | undefined;

beforeEach(async () => {
  receiver = await startOtlpReceiver();
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await receiver.close();
});

/** Starts a server that exports what it traces, with further settings. */
async function traced(settings: Readonly<Record<string, string>> = {}): Promise<StartedServer> {
  server = await startServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...settings });
  return server;
}

/** Stops the server, which exports all that it has, and returns that. */
async function spansAtEnd(): Promise<readonly ExportedSpan[]> {
  await server?.close();
  server = undefined;
  return receiver.spans;
}

/** The one span of a name. */
function only(spans: readonly ExportedSpan[], name: string): ExportedSpan {
  const [span, ...more] = spans.filter((one) => one.name === name);
  if (span === undefined || more.length > 0)
    throw new Error(`${name} must be one span: got ${more.length + (span ? 1 : 0)}`);
  return span;
}

const childrenOf = (spans: readonly ExportedSpan[], { spanId }: ExportedSpan) =>
  spans.filter(({ parentSpanId }) => parentSpanId === spanId);

describe.each(CALL_STYLES)("a call over %s", (style) => {
  it("is a span under that of its client, with what the store did below it", async () => {
    const { baseUrl } = await traced({ TRUST_TRACEPARENT: "yes" });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    await client.sayHello({ name: "Ada" }, { headers: sampled });
    const spans = await spansAtEnd();
    const call = only(spans, HELLO);
    expect(call).toMatchObject({
      traceId,
      parentSpanId: parent.spanId,
      kind: 2,
      attributes: expectedOf(style, "OK"),
      resource: { "service.name": "triptych" },
      status: {},
    });
    const [write] = childrenOf(spans, call);
    expect(write).toMatchObject({ traceId, name: "store write", kind: 1, attributes: { "db.system.name": "sqlite" } });
    if (write === undefined) throw new Error("there is one");
    const steps = childrenOf(spans, write).toSorted((a, b) => Number(a.start - b.start));
    expect(steps.map(({ name }) => name)).toEqual(["queued", "transaction", "sync"]);
    const times = [call.start, write.start, ...steps.flatMap(({ start, end }) => [start, end]), write.end, call.end];
    expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
  });

  it("that fails says how, and whether that is the server's fault", async () => {
    const { baseUrl } = await traced();
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    await expect(client.sayHello({ name: "\n" })).rejects.toThrow();
    const call = only(await spansAtEnd(), HELLO);
    expect(call).toMatchObject({ attributes: expectedOf(style, "INVALID_ARGUMENT"), status: {} });
    expect(call.attributes).not.toHaveProperty("error.type");
  });

  it("that streams has an event for each message", async () => {
    const { baseUrl } = await traced();
    const client = createClient(CalculatorService, createTransport(style, baseUrl));
    const steps = await Array.fromAsync(client.evaluateSteps({ expression: "1 + 2 * 3" }));
    const { events } = only(await spansAtEnd(), "triptych.calculator.v1.CalculatorService/EvaluateSteps");
    expect(events.map(({ attributes }) => attributes)).toMatchObject(
      steps.map((_, index) => ({ "rpc.message.type": "SENT", "rpc.message.id": index + 1 })),
    );
  });
});

/** What the conventions say of a call of a style with a status. */
function expectedOf(style: CallStyle, code: string): ExportedSpan["attributes"] {
  const isConnect = style.startsWith("connect");
  const status = isConnect ? code.toLowerCase() : code;
  return {
    "rpc.system.name": isConnect ? "connectrpc" : "grpc",
    "rpc.method": HELLO,
    "network.protocol.name": "http",
    "network.protocol.version": style.endsWith("1.1") ? "1.1" : "2",
    "network.peer.address": "127.0.0.1",
    ...(isConnect && code === "OK" ? {} : { "rpc.response.status_code": status }),
  };
}

it("a client that is not trusted begins no trace of the server's, which is linked with its own", async () => {
  const { baseUrl } = await traced();
  const client = createClient(GreeterService, createTransport("grpc", baseUrl));
  await client.sayHello({ name: "Ada" }, { headers: sampled });
  const call = only(await spansAtEnd(), HELLO);
  expect(call.traceId).not.toBe(traceId);
  expect(call).not.toHaveProperty("parentSpanId");
  expect(call.links).toMatchObject([parent]);
});

it.each([
  ["always_off", "yes", 0],
  ["parentbased_always_on", "yes", 1],
  ["parentbased_always_on", "no", 2],
  ["always_on", "yes", 2],
  ["parentbased_always_off", "yes", 0],
])(
  "with %s and clients trusted: %s, %i of two calls are kept, whose clients keep none",
  async (sampler, trust, kept) => {
    const { baseUrl } = await traced({ OTEL_TRACES_SAMPLER: sampler, TRUST_TRACEPARENT: trust });
    const client = createClient(GreeterService, createTransport("grpc", baseUrl));
    const unsampled = { traceparent: `00-${traceId}-${parent.spanId}-00` };
    await client.sayHello({ name: "Ada" }, { headers: unsampled });
    await client.sayHello({ name: "Ada" });
    expect((await spansAtEnd()).filter(({ name }) => name === HELLO)).toHaveLength(kept);
  },
);

it("links what a follower is sent with the call that made it", async () => {
  const { baseUrl } = await traced();
  const client = createClient(GreeterService, createTransport("grpc", baseUrl));
  const leaving = new AbortController();
  const watching = client.watchGreetings({}, { signal: leaving.signal })[Symbol.asyncIterator]();
  await watching.next();
  await client.sayHello({ name: "Ada" });
  await watching.next();
  leaving.abort();
  await expect(watching.next()).rejects.toThrow();
  const spans = await spansAtEnd();
  const { spanId, traceId: madeIn } = only(spans, HELLO);
  expect(only(spans, "triptych.greeter.v1.GreeterService/WatchGreetings").links).toMatchObject([
    { traceId: madeIn, spanId },
  ]);
});

it("keeps a bounded number of the messages of a stream, and counts the others", async () => {
  const { baseUrl } = await traced();
  const client = createClient(CalculatorService, createTransport("grpc", baseUrl));
  const numbers = async function* () {
    for (let number = 0; number < 200; number++) yield { number };
  };
  await client.sum(numbers());
  const sum = only(await spansAtEnd(), "triptych.calculator.v1.CalculatorService/Sum");
  expect(sum.events).toHaveLength(128);
  expect(sum).toMatchObject({ droppedEventsCount: 72, attributes: { "triptych.messages.received": 200 } });
});

it("shows what the model takes of a call", async () => {
  const { baseUrl } = await traced();
  await createClient(RecommendationService, createTransport("grpc", baseUrl)).recommend({ userId: 1 });
  const spans = await spansAtEnd();
  const call = only(spans, "triptych.recommendation.v1.RecommendationService/Recommend");
  expect(childrenOf(spans, call).map(({ name }) => name)).toContain("rank books");
});

it("names the trace of a call in its line of the log and beside its range of the metrics", async () => {
  const { baseUrl } = await traced();
  await createClient(GreeterService, createTransport("grpc", baseUrl)).sayHello({ name: "Ada" });
  const headers = { accept: "application/openmetrics-text" };
  const metrics = (await sendRequest(baseUrl, "/metrics", { headers })).body.toString();
  expect(metrics).toContain(`trace_id="${only(await spansAtEnd(), HELLO).traceId}"`);
});

it("sends the headers and the names that are set, and again what a receiver could not take", async () => {
  const { baseUrl } = await traced({
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=secret",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
    OTEL_SERVICE_NAME: "shop",
  });
  receiver.answer(503);
  await createClient(GreeterService, createTransport("grpc", baseUrl)).sayHello({ name: "Ada" });
  await expect.poll(() => receiver.spans.length, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(receiver.headers.length).toBeGreaterThan(1);
  expect(receiver.headers[0]).toMatchObject({ "api-key": "secret", "content-type": "application/json" });
  expect(receiver.spans[0]?.resource).toEqual({ "service.name": "shop", "deployment.environment.name": "test" });
});

it("counts the spans that a receiver has rejected", async () => {
  const { baseUrl, readMetric } = await traced();
  receiver.answer(400);
  await createClient(GreeterService, createTransport("grpc", baseUrl)).sayHello({ name: "Ada" });
  await expect.poll(() => readMetric("spans_lost_total"), { timeout: 10_000 }).toBeGreaterThan(0);
});

it("serves on where nothing receives its spans", async () => {
  const { baseUrl } = await traced({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  const client = createClient(GreeterService, createTransport("grpc", baseUrl));
  expect((await client.sayHello({ name: "Ada" })).message).toContain("Ada");
});

it("a call from gRPC's own library for Node is traced as any other", async () => {
  const { baseUrl } = await traced({ TRUST_TRACEPARENT: "yes" });
  using client = createGrpcJsClient(baseUrl);
  await client.unary(GreeterService.method.sayHello, { name: "Ada" }, sampled);
  expect(only(await spansAtEnd(), HELLO)).toMatchObject({ traceId, parentSpanId: parent.spanId });
});

it.skipIf(!hasPythonGrpc)("a call from grpcio is one trace from its client to the disk", async () => {
  const { port } = await traced({ TRUST_TRACEPARENT: "yes" });
  const request = Buffer.from(toBinary(SayHelloRequestSchema, create(SayHelloRequestSchema, { name: "Ada" })));
  const { response } = await runPythonChecks(
    "traced_client.py",
    ...[`127.0.0.1:${port}`, `/${HELLO}`, request.toString("hex"), sampled.traceparent],
  );
  expect(fromBinary(SayHelloResponseSchema, Buffer.from(String(response), "hex")).message).toContain("Ada");
  const spans = await spansAtEnd();
  const call = only(spans, HELLO);
  expect(call).toMatchObject({ traceId, parentSpanId: parent.spanId });
  const [write] = childrenOf(spans, call);
  if (write === undefined) throw new Error("there is one");
  expect(
    childrenOf(spans, write)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["queued", "sync", "transaction"]);
  expect(spans.every((span) => span.traceId === traceId)).toBe(true);
});
