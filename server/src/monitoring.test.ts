import { createRpcServer, type RpcServer } from "@triptych/rpc/rpc-server.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { Registry } from "prom-client";
import { afterEach, beforeEach, expect, it } from "vitest";
import { OPEN_METRICS_TYPE } from "./metrics/open-metrics.ts";
import { createMonitoring } from "./monitoring.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };

let server: RpcServer;
let baseUrl: string;
/** What renders a text of metrics, for each that is being rendered. */
let renderings: PromiseWithResolvers<string>[];
let asked: number;
let problems: unknown[];

beforeEach(async () => {
  renderings = [];
  asked = 0;
  problems = [];
  const monitoring = createMonitoring({
    metricsAccess: { kind: "everybody" },
    probes: () => undefined,
    openMetrics: { contentType: OPEN_METRICS_TYPE, metrics: async () => "as OpenMetrics" },
    metrics: {
      contentType: Registry.PROMETHEUS_CONTENT_TYPE,
      metrics() {
        const rendering = Promise.withResolvers<string>();
        renderings.push(rendering);
        return rendering.promise;
      },
    },
  });
  server = createRpcServer({
    routes: [],
    fallback(request, response) {
      asked += 1;
      return monitoring(request.url ?? "")?.(request, response);
    },
    onError: (error) => problems.push(error),
  });
  const { port } = await server.listen(0, "127.0.0.1");
  baseUrl = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  await server.close();
});

const textOfMetrics = async () => (await sendRequest(baseUrl, "/metrics")).body.toString();

it("renders metrics once for all who ask meanwhile, and again for who asks later", async () => {
  const together = Promise.all([textOfMetrics(), textOfMetrics(), textOfMetrics()]);
  await expect.poll(() => asked, TIMEOUT).toBe(3);
  renderings[0]?.resolve("first");
  expect(await together).toEqual(["first", "first", "first"]);
  const later = textOfMetrics();
  await expect.poll(() => renderings.length, TIMEOUT).toBe(2);
  renderings[1]?.resolve("second");
  expect(await later).toBe("second");
});

it("cuts whoever asked for metrics that cannot be rendered, tells why, and tries again for the next", async () => {
  const failed = expect(textOfMetrics()).rejects.toThrow("socket hang up");
  await expect.poll(() => renderings.length, TIMEOUT).toBe(1);
  const problem = new Error("no figures");
  renderings[0]?.reject(problem);
  await failed;
  expect(problems).toEqual([problem]);
  const next = textOfMetrics();
  await expect.poll(() => renderings.length, TIMEOUT).toBe(2);
  renderings[1]?.resolve("figures");
  expect(await next).toBe("figures");
});
