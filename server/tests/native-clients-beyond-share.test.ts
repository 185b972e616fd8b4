import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { describe, expect, it, onTestFinished } from "vitest";
import { startServer } from "../src/testing/start-server.ts";
import { callWithGrpcio, callWithGrpcJs } from "./repeated-calls.ts";

const serviceConfig = await readFile(new URL("../../deploy/grpc-service-config.json", import.meta.url), "utf8");
/** How many calls a client makes. */
const CALLS = 4;
/** What a call of ListBooks costs comes in a second: a client that took no notice of that would have made all of its attempts before. */
const SHARE = { CALLER_COST_PER_SECOND: "3", CALLER_COST_AT_ONCE: "3" };

const noPython = hasPythonGrpc ? undefined : "python3-grpcio is not installed";
const clients = [
  { name: "grpc-js", make: callWithGrpcJs, missing: undefined },
  { name: "grpcio", make: callWithGrpcio, missing: noPython },
];

describe.each(clients)("a caller beyond their share, with $name", ({ make, missing }) => {
  it.skipIf(missing !== undefined)(
    `waits for as long as the server asks for${missing ? `: ${missing}` : ""}`,
    { timeout: 60_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "triptych-share-"));
      onTestFinished(() => rm(folder, { recursive: true }));
      const { cert, key } = await createCertificate();
      const files = { TLS_CERT: join(folder, "cert.pem"), TLS_KEY: join(folder, "key.pem") };
      await writeFile(files.TLS_CERT, cert);
      await writeFile(files.TLS_KEY, key);
      const server = await startServer({ ...files, ...SHARE });
      onTestFinished(() => server.close());
      const calls = make({
        target: `ipv4:127.0.0.1:${server.port}`,
        path: `/${RecommendationService.typeName}/ListBooks`,
        certificate: { cert, file: files.TLS_CERT },
        serviceConfig,
      });
      await expect.poll(() => calls.codes.length, { timeout: 50_000 }).toBeGreaterThanOrEqual(CALLS);
      await calls.stop();
      expect(calls.codes).toEqual(calls.codes.map(() => "OK"));
      const refused = await readMetric(server.baseUrl, "rpc_calls_refused_total", { reason: "caller_rate" });
      expect(refused).toBeGreaterThanOrEqual(CALLS - 1);
    },
  );
});
