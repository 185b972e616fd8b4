import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DescService } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { callWithGrpcio, callWithGrpcJs, type RepeatedCall } from "./repeated-calls.ts";
import { noNginx, noNginxStream, startNginx } from "./start-nginx.ts";

const serviceConfig = await readFile(new URL("../../deploy/grpc-service-config.json", import.meta.url), "utf8");
const METHOD = `${GreeterService.typeName}/ListLanguages`;

/** Two servers behind nginx, which listens on two addresses; with `nginx-stream.conf` it is they who encrypt. */
async function setUp(file: "nginx.conf" | "nginx-stream.conf") {
  const folder = await mkdtemp(join(tmpdir(), "triptych-native-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const certificate = await createCertificate();
  const cert = { cert: certificate.cert, file: join(folder, "cert.pem") };
  const port = await freePort();
  const listen = [`127.0.0.1:${port}`, `127.0.0.2:${port}`];
  const encrypted = { TLS_CERT: cert.file, TLS_KEY: join(folder, "key.pem") };
  const proxied = { TRUST_PROXY: "1" };
  const ports = [await freePort(), await freePort()] as const;
  const nginx = await startNginx({
    ...{ folder, file, listen, certificate },
    servers: [`127.0.0.1:${ports[0]}`, `127.0.0.1:${ports[1]}`],
  });
  onTestFinished(() => nginx.close());
  const start = (one: number) =>
    startServerProcess(one, join(folder, String(one)), file === "nginx.conf" ? proxied : encrypted);
  const servers = await Promise.all([start(ports[0]), start(ports[1])]);
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.kill("SIGKILL")))));
  const call: RepeatedCall = {
    target: `ipv4:${listen.join(",")}`,
    path: `/${METHOD}`,
    certificate: cert,
    serviceConfig,
  };
  return { servers, call };
}

const callsAt = ({ baseUrl }: ServerProcess) =>
  readMetric(baseUrl, "rpc_calls_total", { method: METHOD, protocol: "grpc", code: "ok" });

const noPython = hasPythonGrpc ? undefined : "python3-grpcio is not installed";
const fronts = [
  { file: "nginx.conf", missing: noNginx },
  { file: "nginx-stream.conf", missing: noNginxStream },
] as const;
const clients = [
  { name: "grpc-js", make: callWithGrpcJs, missing: undefined },
  { name: "grpcio", make: callWithGrpcio, missing: noPython },
];

describe.each(fronts)("two servers behind nginx with $file", ({ file, missing: noFront }) => {
  vi.setConfig({ testTimeout: 120_000 });

  describe.each(clients)("called by $name, round robin and with retries", ({ make, missing: noClient }) => {
    const reason = noFront ?? noClient;
    it.skipIf(reason !== undefined)(
      `answer all its calls while one of them is killed${reason ? `: ${reason}` : ""}`,
      async () => {
        const { servers, call } = await setUp(file);
        const calls = make(call);
        onTestFinished(() => calls.stop());
        const soon = { timeout: 30_000 };
        for (const server of servers) await expect.poll(() => callsAt(server), soon).toBeGreaterThan(10);
        await servers[0]?.kill("SIGKILL");
        const before = calls.codes.length;
        await expect.poll(() => calls.codes.length, soon).toBeGreaterThan(before + 50);
        expect(new Set(calls.codes)).toEqual(new Set(["OK"]));
      },
    );
  });
});

it("has clients send again what has no side effects, and nothing else", () => {
  const { methodConfig } = JSON.parse(serviceConfig);
  const named: { service: string; method: string }[] = methodConfig.flatMap(
    (config: { name: unknown[] }) => config.name,
  );
  const safe = [CalculatorService, GreeterService, OrderService, RecommendationService].flatMap(safeMethods);
  expect(named.map(({ service, method }) => `${service}/${method}`)).toEqual(safe);
});

function safeMethods({ typeName, methods }: DescService): readonly string[] {
  return methods
    .filter(({ idempotency }) => idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS)
    .map(({ name }) => `${typeName}/${name}`);
}
