import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import { status as StatusCode } from "@grpc/grpc-js";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { type StartedServer, startServer } from "../src/testing/start-server.ts";
import { useServer } from "../src/testing/use-server.ts";
import { DECLARED_SERVICES } from "./declared-services.ts";
import { createGrpcJsClient } from "./grpc-js-client.ts";
import { itCountsAsCanceled, itEndsWithItsClient } from "./leaving-calls.ts";
import { runPythonChecks } from "./python-checks.ts";

const standardProtos = fileURLToPath(new URL("../../proto/standard", import.meta.url));

/** Those of the contracts, and the empty name, which stands for the server. */
const SERVICES = ["", ...DECLARED_SERVICES];

const clientOver = (style: CallStyle, baseUrl: string) => createClient(Health, createTransport(style, baseUrl));

async function probe(baseUrl: string, path: string) {
  const { status, body } = await sendRequest(baseUrl, path);
  return { status, body: JSON.parse(body.toString()) };
}

describe("the health of a server that serves", () => {
  const server = useServer();

  describe.each(CALL_STYLES)("over %s", (style) => {
    const client = () => clientOver(style, server.baseUrl);

    it.each(SERVICES)("is SERVING for %j", async (service) => {
      expect(await client().check({ service })).toMatchObject({ status: Status.SERVING });
    });

    it("is listed for every service", async () => {
      const { statuses } = await client().list({});
      expect(Object.keys(statuses).sort()).toEqual(SERVICES);
    });

    it("is NOT_FOUND for a service that is not there, and SERVICE_UNKNOWN for one who watches it", async () => {
      const service = "nobody.Nothing";
      const refusal = { code: "NotFound", message: "no such service: nobody.Nothing" };
      expect(await refusalOf(client().check({ service }))).toMatchObject(refusal);
      await using watch = openStream((options) => client().watch({ service }, options));
      expect(await watch.next()).toMatchObject({ status: Status.SERVICE_UNKNOWN });
    });

    describe("Watch", () => {
      const call = {
        server,
        style,
        method: "grpc.health.v1.Health/Watch",
        open: (options: object) => client().watch({}, options),
      };
      itEndsWithItsClient(call);
      itCountsAsCanceled(call);
    });
  });

  it("is told to @grpc/grpc-js", async () => {
    using client = createGrpcJsClient(server.baseUrl);
    expect(await client.unary(Health.method.check, {})).toMatchObject({ status: Status.SERVING });
    const unknown = client.unary(Health.method.check, { service: "nobody.Nothing" });
    await expect(unknown).rejects.toMatchObject({ code: StatusCode.NOT_FOUND });
  });

  it.skipIf(!hasPythonGrpc)(
    "is told to Python's grpcio (skipped where Python has no grpcio and grpc_tools)",
    async () => {
      const results = await runPythonChecks(
        "health_and_reflection_client.py",
        `127.0.0.1:${server.port}`,
        standardProtos,
      );
      expect(results).toMatchObject({
        "check the server": "SERVING",
        "watch the server": "SERVING",
        "check helloworld.Greeter": "SERVING",
        "watch helloworld.Greeter": "SERVING",
        "check nobody.Nothing": "NOT_FOUND",
        "watch nobody.Nothing": "SERVICE_UNKNOWN",
      });
    },
  );

  it("is there for probes over HTTP", async () => {
    expect(await probe(server.baseUrl, "/healthz")).toEqual({ status: 200, body: { status: "alive" } });
    expect(await probe(server.baseUrl, "/readyz?verbose")).toEqual({ status: 200, body: { status: "ready" } });
    const { status, headers, body } = await sendRequest(server.baseUrl, "/readyz", { method: "HEAD" });
    expect([status, headers["cache-control"], body.length]).toEqual([200, "no-store", 0]);
  });
});

describe("the health of a server that drains", () => {
  let server: StartedServer;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server.close());

  it("is NOT_SERVING to whoever watches, by any protocol, before its streams end", async () => {
    const watches = CALL_STYLES.map((style) =>
      openStream((options) => clientOver(style, server.baseUrl).watch({ service: "helloworld.Greeter" }, options)),
    );
    for (const watch of watches) expect(await watch.next()).toMatchObject({ status: Status.SERVING });
    const stopped = server.server.stop();
    for (const watch of watches) {
      expect(await watch.next()).toMatchObject({ status: Status.NOT_SERVING });
      expect(await refusalOf(watch.next())).toMatchObject({ code: "Unavailable" });
    }
    await stopped;
  });

  it("is NOT_SERVING to @grpc/grpc-js before any stream of the same connection ends", async () => {
    using client = createGrpcJsClient(server.baseUrl);
    const events: unknown[] = [];
    const watch = client.serverStream(Health.method.watch, {});
    const greetings = client.serverStream(GreeterService.method.watchGreetings, {});
    await Promise.all([once(watch, "data"), once(greetings, "data")]);
    watch.on("data", ({ status }) => events.push(status));
    const ends = [watch, greetings].map(
      (stream) =>
        new Promise<void>((resolve) => {
          stream.on("error", (error) => {
            events.push("code" in error && error.code);
            resolve();
          });
        }),
    );
    const stopped = server.server.stop();
    await Promise.all(ends);
    expect(events).toEqual([Status.NOT_SERVING, StatusCode.UNAVAILABLE, StatusCode.UNAVAILABLE]);
    await stopped;
  });

  it("is 503 to a probe whose request was under way, while the process still says that it is alive", async () => {
    const open = await Promise.all(
      ["/readyz", "/healthz"].map(async (path) => {
        const socket = connect(server.port, "127.0.0.1");
        socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n`);
        await once(socket, "connect");
        return socket;
      }),
    );
    // Answered on a later connection, so that the half requests have arrived by then.
    await probe(server.baseUrl, "/healthz");
    const stopped = server.server.stop();
    const answers = await Promise.all(
      open.map(async (socket) => {
        socket.write("\r\n");
        return Buffer.concat(await socket.toArray()).toString();
      }),
    );
    await stopped;
    expect(answers[0]).toMatch(
      /^HTTP\/1\.1 503 [\s\S]*\{"status":"not ready","reason":"the server is shutting down"\}/,
    );
    expect(answers[1]).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"status":"alive"\}/);
  });
});

describe("the health of a server whose store does not answer", () => {
  let directory: string;
  let server: StartedServer;
  let database: DatabaseSync;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "triptych-"));
    server = await startServer({ DATA_DIR: directory });
    database = new DatabaseSync(join(directory, "triptych.sqlite"));
  });

  afterEach(async () => {
    database.close();
    await server.close();
    await rm(directory, { recursive: true });
  });

  it("is NOT_SERVING, and SERVING again when the store is back", async () => {
    await using watch = openStream((options) => clientOver("grpc", server.baseUrl).watch({}, options));
    expect(await watch.next()).toMatchObject({ status: Status.SERVING });

    database.exec("alter table orders rename to orders_away");
    const body = { status: "not ready", reason: "the store does not answer" };
    expect(await probe(server.baseUrl, "/readyz")).toEqual({ status: 503, body });
    expect(await probe(server.baseUrl, "/healthz")).toMatchObject({ status: 200 });
    expect(await watch.next()).toMatchObject({ status: Status.NOT_SERVING });

    database.exec("alter table orders_away rename to orders");
    expect(await probe(server.baseUrl, "/readyz")).toMatchObject({ status: 200 });
    expect(await watch.next()).toMatchObject({ status: Status.SERVING });
  });
});
