import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { freePort, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { startOtlpReceiver } from "@triptych/testkit/servers/otlp-receiver.ts";
import { expect, it } from "vitest";
import { createWebSocketTransport } from "../src/transport/web-socket-transport.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";

it("each call over one WebSocket is traced by its own metadata", { timeout: 30_000 }, async () => {
  const receiver = await startOtlpReceiver();
  const directory = await mkdtemp(join(tmpdir(), "triptych-traced-"));
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, TRUST_TRACEPARENT: "yes" };
  const server = await startServerProcess(await freePort(), directory, settings);
  const transport = createWebSocketTransport({ baseUrl: server.baseUrl, idleMs: 50 });
  const client = createClient(GreeterService, transport);
  await client.sayHello({ name: "Ada" }, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  await client.sayHello({ name: "Ada" });
  // A server that is stopped has exported all that it had.
  expect(await server.kill("SIGTERM")).toBe(0);
  await receiver.close();
  await rm(directory, { recursive: true });
  const calls = receiver.spans.filter(({ kind }) => kind === 2);
  expect(calls.map(({ attributes }) => attributes["network.protocol.name"])).toEqual(["websocket", "websocket"]);
  expect(calls.map((span) => span.traceId === traceId)).toEqual([true, false]);
});
