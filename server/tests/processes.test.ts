import { readFile } from "node:fs/promises";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OperationsService } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { writeFolder } from "../src/importing/testing/write-folder.ts";
import { noPostgres, usePostgres } from "../src/storage/postgres/testing/use-postgres.ts";
import { createGrpcJsClient } from "./grpc-js-client.ts";

const postgres = usePostgres();
const timeout = { timeout: 60_000 };

/** The processes that a process has started and that run. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.split(" ").filter(Boolean).map(Number);
}

async function greetOverHttp1(baseUrl: string): Promise<void> {
  const response = await fetch(`${baseUrl}/${GreeterService.typeName}/SayHello`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Ada" }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  await response.json();
}

// Children are looked up where Linux lists them.
const reason =
  noPostgres ?? (process.platform === "linux" ? undefined : "the processes of a process are listed on Linux alone");

describe.skipIf(reason !== undefined)(`a server of two processes${reason ? `: ${reason}` : ""}`, () => {
  vi.setConfig({ testTimeout: 120_000 });

  async function start(settings: Readonly<Record<string, string>> = {}) {
    const server = await startServerProcess(await freePort(), await writeFolder({}), {
      DATABASE_URL: await postgres.newSchema(),
      PROCESSES: "2",
      LOG_LEVEL: "info",
      ...settings,
    });
    onTestFinished(async () => void (await server.kill("SIGKILL")));
    // Each has a connection of its own, and so a process of its own.
    const connect = () => createClient(GreeterService, createTransport("grpc", server.baseUrl));
    return { server, connect };
  }

  const messages = (log: readonly string[]) =>
    log.map((line) => String(line.startsWith("{") ? JSON.parse(line).msg : line));

  it("shares connections among them, and shows the metrics of all in one answer, in both formats", async () => {
    const { server, connect } = await start();
    for (const _ of [1, 2, 3, 4]) await connect().sayHello({ name: "Ada" });
    for (const accept of ["text/plain", "application/openmetrics-text"]) {
      const text = await (await fetch(`${server.baseUrl}/metrics`, { headers: { accept } })).text();
      for (const place of [1, 2]) {
        expect(text).toMatch(new RegExp(`^rpc_calls_total\\{process="${place}",[^}]*SayHello[^}]*\\} 2$`, "m"));
      }
      expect(text.match(/^# TYPE rpc_calls(_total)? /gm)).toHaveLength(1);
    }
    expect(await server.kill("SIGTERM")).toBe(0);
  });

  it("shows how one of them is, and which", async () => {
    const { server } = await start({ SHOW_OPERATIONS: "yes" });
    const operations = () => createClient(OperationsService, createTransport("grpc", server.baseUrl));
    const places: number[] = [];
    for (const _ of [1, 2]) {
      await using watched = openStream((options) => operations().watchOperations({}, options));
      const { process } = await watched.next();
      expect(process?.processes).toBe(2);
      places.push(process?.place ?? 0);
    }
    // Each connection goes to the next of them.
    expect(places.sort()).toEqual([1, 2]);
  });

  it("replaces a process that is killed", async () => {
    const { server, connect } = await start();
    const [first = 0, second = 0] = await childrenOf(server.pid);
    process.kill(first, "SIGKILL");
    const replaced = async () => (await childrenOf(server.pid)).filter((pid) => pid !== first && pid !== second).length;
    await expect.poll(replaced, timeout).toBe(1);
    await expect.poll(() => messages(server.log()), timeout).toContain("a process has ended: starting another");
    const answers = async () => {
      const text = await (await fetch(`${server.baseUrl}/metrics`)).text();
      return [1, 2].every((place) => text.includes(`nodejs_version_info{process="${place}"`));
    };
    await expect.poll(answers, timeout).toBe(true);
    expect((await connect().sayHello({ name: "Ada" })).message).toContain("Ada");
  });

  it("restarts on SIGHUP one process after the other, and loses no call", async () => {
    const { server, connect } = await start();
    const before = await childrenOf(server.pid);
    let isOver = false;
    let greeted = 0;
    /** Calls again and again, until one fails. */
    async function callOn(call: () => Promise<unknown>): Promise<void> {
      while (!isOver) {
        await call();
        greeted++;
      }
    }
    const callers = Promise.all(
      [1, 2, 3].flatMap(() => {
        // A client of its own, with a connection of its own, which sends again what a connection that is going away has refused.
        const client = createGrpcJsClient(server.baseUrl);
        onTestFinished(() => client[Symbol.dispose]());
        return [
          callOn(() => client.unary(GreeterService.method.sayHello, { name: "Ada" })),
          callOn(() => greetOverHttp1(server.baseUrl)),
        ];
      }),
    );
    // Also where the test fails before it waits for them.
    callers.catch(() => undefined);
    await expect.poll(() => greeted, timeout).toBeGreaterThan(20);
    process.kill(server.pid, "SIGHUP");
    const isRestarted = () => messages(server.log()).includes("all processes have been restarted");
    await expect.poll(isRestarted, timeout).toBe(true);
    const since = greeted;
    await expect.poll(() => greeted, timeout).toBeGreaterThan(since + 20);
    isOver = true;
    await callers;
    const after = await childrenOf(server.pid);
    expect(after).toHaveLength(2);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    // Each call was stored once.
    await using watched = openStream((options) => connect().watchGreetings({ afterSequence: 0n }, options));
    const [position] = await watched.take(1);
    expect(position?.update.case).toBe("position");
    const last = (await watched.take(greeted)).at(-1);
    expect(last?.update).toMatchObject({ case: "greeting", value: { sequence: BigInt(greeted) } });
  });

  it("says once what keeps it from starting", async () => {
    const url = (await postgres.newSchema()).replace("/postgres?", "/nothing?");
    const failure = await start({ DATABASE_URL: url }).catch(String);
    expect(String(failure).match(/the database is not there/g)).toHaveLength(1);
  });
});
