import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type RequestOptions, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { type OtlpReceiver, startOtlpReceiver } from "@triptych/testkit/servers/otlp-receiver.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { noPostgres, usePostgres } from "../src/storage/postgres/testing/use-postgres.ts";
import { noNginx, type RunningNginx, startNginx } from "./start-nginx.ts";

const postgres = usePostgres();
const reason = noPostgres ?? noNginx;

describe.skipIf(reason !== undefined)(`two servers behind nginx${reason ? `: ${reason}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

  let folder: string;
  let servers: readonly ServerProcess[];
  let baseUrl: string;
  let nginx: RunningNginx;
  let receiver: OtlpReceiver;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "triptych-nginx-"));
    receiver = await startOtlpReceiver();
    const url = await postgres.newSchema();
    const start = async (name: string) => {
      const settings = {
        ...{ DATABASE_URL: url, TRUST_PROXY: "1", ALLOWED_HOSTS: "*", LOG_LEVEL: "info" },
        ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${name}` },
        TRUST_TRACEPARENT: "yes",
      };
      return startServerProcess(await freePort(), join(folder, name), settings);
    };
    servers = await Promise.all([start("one"), start("other")]);
    const port = await freePort();
    baseUrl = `https://localhost:${port}`;
    const hosts = servers.map(({ baseUrl: own }) => new URL(own).host);
    nginx = await startNginx({
      ...{ folder, file: "nginx.conf", listen: [`127.0.0.1:${port}`] },
      ...{ servers: [hosts[0] ?? "", hosts[1] ?? ""], certificate: await createCertificate() },
    });
    await vi.waitFor(() => requestOverHttp1(`${baseUrl}/healthz`), { timeout: 30_000 });
  });

  afterAll(async () => {
    await nginx.close();
    await Promise.all(servers.map((server) => server.kill("SIGKILL")));
    await receiver.close();
    await rm(folder, { recursive: true });
  });

  const greeterOver = (style: (typeof CALL_STYLES)[number]) =>
    createClient(GreeterService, createTransport(style, baseUrl));

  it.each(CALL_STYLES)("answers calls and streams over %s", async (style) => {
    const greeter = greeterOver(style);
    expect((await greeter.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
    await using watched = openStream((options) => greeter.watchGreetings({ recent: 1 }, options));
    const [, greeting] = await watched.take(2);
    expect(greeting?.update).toMatchObject({ case: "greeting", value: { name: "Ada" } });
  });

  it("opens WebSockets", async () => {
    const socket = new WebSocket(`${baseUrl.replace("https", "wss")}/calls`, "triptych-calls.v1", {
      rejectUnauthorized: false,
    });
    await once(socket, "open");
    expect(socket.protocol).toBe("triptych-calls.v1");
    socket.terminate();
  });

  it("gives the calls of one connection to both servers", async () => {
    const callsOf = () => Promise.all(servers.map(({ baseUrl: own }) => readMetric(own, "rpc_calls_total", labels)));
    const labels = { method: `${GreeterService.typeName}/SayHello`, protocol: "grpc", code: "ok" };
    const before = await callsOf();
    const greeter = greeterOver("grpc");
    for (const _ of [1, 2, 3, 4]) await greeter.sayHello({ name: "Ada" });
    expect((await callsOf()).map((calls, index) => calls - (before[index] ?? 0))).toEqual([2, 2]);
  });

  it.each(CALL_STYLES)(
    "has calls over %s be one trace each, from their client to the store, at both servers",
    async (style) => {
      const greeter = greeterOver(style);
      const traces = Array.from({ length: 4 }, () => ({ traceId: randomId(16), spanId: randomId(8) }));
      for (const { traceId, spanId } of traces)
        await greeter.sayHello({ name: "Ada" }, { headers: { traceparent: `00-${traceId}-${spanId}-01` } });
      const spansOf = (id: string) => receiver.spans.filter(({ traceId }) => traceId === id);
      const soon = { timeout: 20_000 };
      const at = new Set<unknown>();
      for (const { traceId, spanId } of traces) {
        await expect.poll(() => spansOf(traceId).map(({ name }) => name), soon).toContain("store write");
        const call = spansOf(traceId).find(({ parentSpanId }) => parentSpanId === spanId);
        const write = spansOf(traceId).find(({ name }) => name === "store write");
        expect(call).toMatchObject({ name: `${GreeterService.typeName}/SayHello`, kind: 2 });
        expect(write).toMatchObject({ parentSpanId: call?.spanId, attributes: { "db.system.name": "postgresql" } });
        at.add(call?.resource["service.instance.id"]);
      }
      expect(at).toEqual(new Set(["one", "other"]));
    },
  );

  it("tells the servers the address of the client, whatever that says of itself", async () => {
    const headers = { "content-type": "application/json", "x-forwarded-for": "203.0.113.9" };
    const options = { method: "POST", headers, localAddress: "127.0.0.9" };
    const path = `/${GreeterService.typeName}/SayHello`;
    expect(await requestOverHttp1(`${baseUrl}${path}`, options, '{"name":"Ada"}')).toBe(200);
    const peers = () =>
      servers.flatMap((server) =>
        server.log().flatMap((line) => (line.includes("SayHello") ? [JSON.parse(line).peer] : [])),
      );
    // The answer may come sooner than the line of its call.
    await vi.waitFor(() => expect(peers()).toContain("127.0.0.9"));
    expect(peers()).not.toContain("203.0.113.9");
  });

  it("has one server take the calls when the other dies, and says UNAVAILABLE in the protocol of the call when both have", async () => {
    await servers[0]?.kill("SIGKILL");
    const greeter = greeterOver("grpc");
    for (const _ of [1, 2, 3, 4]) await greeter.sayHello({ name: "Ada" });
    await servers[1]?.kill("SIGKILL");
    for (const style of CALL_STYLES) {
      const failure = await greeterOver(style).sayHello({ name: "Ada" }).catch(ConnectError.from);
      expect([style, failure]).toEqual([
        style,
        expect.objectContaining({ code: Code.Unavailable, rawMessage: "no server answers" }),
      ]);
    }
  });
});

function randomId(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

/** The status of an answer over HTTP/1.1; trusts any certificate. */
function requestOverHttp1(url: string, options: RequestOptions = {}, body = ""): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { rejectUnauthorized: false, agent: false, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
