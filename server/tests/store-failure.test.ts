import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { canFailSyncs, canLimitFiles, failSyncs, limitFiles } from "./system-tools.ts";

let parent: string;
let directory: string;
let server: ServerProcess;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "triptych-"));
  directory = join(parent, "data");
  server = await startServerProcess(await freePort(), directory, { LOG_LEVEL: "info" });
});

afterEach(async () => {
  await server.kill("SIGKILL");
  await rm(parent, { recursive: true });
});

const orders = () => createClient(OrderService, createTransport("grpc", server.baseUrl));
const createOrder = async () => {
  const { order } = await orders().createOrder({ items: [{ bookId: 1 }], phone: "123456" });
  return order?.id ?? "";
};
const watchHealth = () => {
  const client = createClient(Health, createTransport("grpc", server.baseUrl));
  return openStream((options) => client.watch({}, options));
};

/** The last line in which the server says why it is not ready. On a busy machine it may have said before that the store takes long to answer. */
async function whyNotReady(): Promise<{ msg: string; err: { message: string } }> {
  const said = () => server.log().filter((line) => line.includes('"not ready: '));
  await vi.waitFor(() => expect(said()).not.toEqual([]), { timeout: 5_000, interval: 10 });
  return JSON.parse(said().at(-1) ?? "");
}

async function expectTheEnd(watch: AsyncDisposable & { next(): Promise<{ status: Status }> }): Promise<void> {
  expect(await watch.next()).toMatchObject({ status: Status.NOT_SERVING });
  expect(await server.exited).toBe(1);
}

// Each starts a process or two.
vi.setConfig({ testTimeout: 60_000 });

describe("a server whose disk fails to sync", () => {
  it.skipIf(!canFailSyncs)(
    "acknowledges nothing, is not ready, says why, and ends to be started again (skipped without strace)",
    async () => {
      const id = await createOrder();
      await using watch = watchHealth();
      expect(await watch.next()).toMatchObject({ status: Status.SERVING });
      await using _ = await failSyncs(server.pid);
      const writes = await Promise.all([createOrder(), createOrder(), createOrder()].map(refusalOf));
      expect(writes.map(({ code }) => code)).toEqual(["Unavailable", "Unavailable", "Unavailable"]);
      expect(await sendRequest(server.baseUrl, "/readyz")).toMatchObject({ status: 503 });
      await expectTheEnd(watch);
      expect(await whyNotReady()).toMatchObject({
        msg: "not ready: the disk of the store has failed to store a write",
        err: { cause: { message: expect.stringContaining("EIO") } },
      });
      server = await startServerProcess(await freePort(), directory);
      expect((await orders().getOrder({ id })).order).toMatchObject({ id });
      expect(await createOrder()).not.toBe("");
    },
  );
});

describe("a server that may open no more files", () => {
  it.skipIf(!canLimitFiles)("stores on (skipped without prlimit)", async () => {
    const transport = createTransport("grpc", server.baseUrl);
    const client = createClient(OrderService, transport);
    // Keeps the connection open that the next call is made on, as no other can be accepted.
    await using watch = openStream((options) => createClient(Health, transport).watch({}, options));
    await watch.next();
    await limitFiles(server.pid, 3);
    const { order } = await client.createOrder({ items: [{ bookId: 1 }], phone: "123456" });
    expect(order?.id).not.toBe("");
  });
});

describe("a server whose data folder is taken away", () => {
  it.each([
    ["is deleted", () => rm(directory, { recursive: true })],
    ["is moved", () => rename(directory, join(parent, "elsewhere"))],
    ["loses its log", () => rm(join(directory, "triptych.sqlite-wal"))],
    ["loses its database", () => rm(join(directory, "triptych.sqlite"))],
    ["loses its lock", () => rm(join(directory, "server.lock"))],
  ])("notices that the folder %s, says so, and ends", async (_, takeAway) => {
    await createOrder();
    await using watch = watchHealth();
    expect(await watch.next()).toMatchObject({ status: Status.SERVING });
    await takeAway();
    await expectTheEnd(watch);
    expect(await whyNotReady()).toMatchObject({
      msg: expect.stringMatching(/^not ready: the file \S+ of the data folder (?:is gone|has been replaced)$/),
    });
  });

  it("acknowledges nothing that it writes to a log that is deleted", async () => {
    await createOrder();
    await rm(join(directory, "triptych.sqlite-wal"));
    expect(await refusalOf(createOrder())).toMatchObject({ code: "Unavailable" });
    expect(await server.exited).toBe(1);
  });

  it("leaves a folder that was moved as it is after kill -9: all that was acknowledged is in it", async () => {
    const id = await createOrder();
    await rename(directory, join(parent, "elsewhere"));
    expect(await server.exited).toBe(1);
    directory = join(parent, "elsewhere");
    expect(await readdir(directory)).toContain("triptych.sqlite-wal");
    server = await startServerProcess(await freePort(), directory);
    expect((await orders().getOrder({ id })).order).toMatchObject({ id });
  });
});
