import { createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const server = useServer();

const sum = { grpc_type: "client_stream", grpc_service: CalculatorService.typeName, grpc_method: "Sum" };
const hello = { grpc_type: "unary", grpc_service: GreeterService.typeName, grpc_method: "SayHello" };
const steps = { grpc_type: "server_stream", grpc_service: CalculatorService.typeName, grpc_method: "EvaluateSteps" };

/** Asks for the metrics as Prometheus does. */
async function openMetrics(): Promise<{ readonly type: string; readonly text: string }> {
  const headers = { accept: "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5" };
  const response = await sendRequest(server.baseUrl, "/metrics", { headers });
  return { type: response.headers["content-type"] ?? "", text: response.body.toString() };
}

describe.each(CALL_STYLES)("calls over %s", (style) => {
  it("are counted under the names that the dashboards of gRPC know", async () => {
    const client = createClient(GreeterService, createTransport(style, server.baseUrl));
    const read = () =>
      Promise.all([
        server.readMetric("grpc_server_started_total", hello),
        server.readMetric("grpc_server_handled_total", { ...hello, grpc_code: "OK" }),
        server.readMetric("grpc_server_handled_total", { ...hello, grpc_code: "InvalidArgument" }),
        server.readMetric("grpc_server_handling_seconds_count", hello),
        server.readMetric("grpc_server_msg_received_total", hello),
        server.readMetric("grpc_server_msg_sent_total", hello),
      ]);
    const before = await read();
    await client.sayHello({ name: "Ada" });
    await expect(client.sayHello({ name: "\n" })).rejects.toThrow();
    const after = await read();
    expect(after.map((value, index) => value - (before[index] ?? 0))).toEqual([2, 1, 1, 2, 2, 1]);
  });

  it("have each message of a stream counted", async () => {
    const client = createClient(CalculatorService, createTransport(style, server.baseUrl));
    const before = await server.readMetric("grpc_server_msg_sent_total", steps);
    const sent = await Array.fromAsync(client.evaluateSteps({ expression: "1 + 2 * 3" }));
    expect((await server.readMetric("grpc_server_msg_sent_total", steps)) - before).toBe(sent.length);
  });
});

it("counts what a client streams", async () => {
  const client = createClient(CalculatorService, createTransport("grpc", server.baseUrl));
  const before = await server.readMetric("grpc_server_msg_received_total", sum);
  await client.sum(
    (async function* () {
      for (const number of [1, 2, 3]) yield { number };
    })(),
  );
  expect((await server.readMetric("grpc_server_msg_received_total", sum)) - before).toBe(3);
});

it.each([
  ["grpc", { rpc_system_name: "grpc", rpc_response_status_code: "INVALID_ARGUMENT" }],
  ["grpc-web over http/1.1", { rpc_system_name: "grpc", rpc_response_status_code: "INVALID_ARGUMENT" }],
  ["connect over http/2", { rpc_system_name: "connectrpc", rpc_response_status_code: "invalid_argument" }],
] as const)("names errors over %s as the conventions of OpenTelemetry do", async (style, labels) => {
  const client = createClient(GreeterService, createTransport(style, server.baseUrl));
  const all = { rpc_method: `${GreeterService.typeName}/SayHello`, ...labels };
  const before = await server.readMetric("rpc_server_call_duration_seconds_count", all);
  await expect(client.sayHello({ name: "\n" })).rejects.toThrow();
  expect(await server.readMetric("rpc_server_call_duration_seconds_count", all)).toBe(before + 1);
});

it("takes a message that cannot be read for no fault of the server, whatever its status", async () => {
  const method = `${GreeterService.typeName}/SayHello`;
  const failed = () => server.readMetric("rpc_calls_total", { method, protocol: "grpc-web", code: "Internal" });
  const before = await failed();
  const noMessage = Buffer.from([0, 0, 0, 0, 1, 0xff]);
  const headers = { "content-type": "application/grpc-web+proto" };
  await sendRequest(server.baseUrl, `/${method}`, { method: "POST", headers, body: noMessage });
  expect(await failed()).toBe(before + 1);
  expect(await server.readMetric("rpc_faults_total", { method })).toBe(0);
});

it("measures the writes of the store", async () => {
  const client = createClient(GreeterService, createTransport("grpc", server.baseUrl));
  const names = ["store_write_seconds_count", "store_queue_seconds_count", "store_batch_writes_sum"];
  const read = () => Promise.all(names.map((name) => server.readMetric(name)));
  const before = await read();
  await Promise.all(Array.from({ length: 5 }, () => client.sayHello({ name: "Ada" })));
  await expect.poll(read).toEqual(before.map((value) => value + 5));
  expect(await server.readMetric("store_sync_seconds_count")).toBeGreaterThan(0);
  expect(await server.readMetric("store_writes_pending")).toBe(0);
  expect(await server.readMetric("store_lag_seconds")).toBe(0);
});

it("gives who takes OpenMetrics the same, with the trace of a call beside its range", async () => {
  const client = createClient(GreeterService, createTransport("grpc", server.baseUrl));
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  await client.sayHello({ name: "Ada" }, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  const { type, text } = await openMetrics();
  expect(type).toContain("application/openmetrics-text");
  const exemplar = new RegExp(
    `^rpc_server_call_duration_seconds_bucket\\{.*\\} \\d+ # \\{trace_id="${traceId}"\\} [\\d.e-]+ [\\d.]+$`,
    "m",
  );
  expect(text).toMatch(exemplar);
  expect(text).toMatch(/^# TYPE rpc_calls counter$/m);
  expect(text).toMatch(/^rpc_calls_total\{/m);
  expect(text.endsWith("\n# EOF\n")).toBe(true);
  const plain = (await sendRequest(server.baseUrl, "/metrics")).body.toString();
  expect(plain).toMatch(/^# TYPE rpc_calls_total counter$/m);
  expect(plain).not.toContain("trace_id");
});

it("names no trace that its client does not keep", async () => {
  const client = createClient(GreeterService, createTransport("grpc", server.baseUrl));
  const traceId = "1af7651916cd43dd8448eb211c80319c";
  await client.sayHello({ name: "Ada" }, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-00` } });
  expect((await openMetrics()).text).not.toContain(traceId);
});
