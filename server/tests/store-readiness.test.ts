import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createClient } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { canMountDisks, mountDisk } from "./system-tools.ts";

const MEBIBYTE = 1_048_576;

let server: ServerProcess;

afterEach(() => server.kill("SIGKILL"));

async function start(directory: string) {
  server = await startServerProcess(await freePort(), directory, { LOG_LEVEL: "info" });
  const transport = createTransport("grpc", server.baseUrl);
  const orders = createClient(OrderService, transport);
  return {
    health: openStream((options) => createClient(Health, transport).watch({}, options)),
    orders,
    createOrder: () => orders.createOrder({ items: [{ bookId: 1 }], phone: "123456" }),
  };
}

async function probe(path: string) {
  const { status, body } = await sendRequest(server.baseUrl, path);
  return { code: status, ...JSON.parse(body.toString()) };
}

/** The lines in which the server says that it is not ready, or ready again. */
async function readinessSaid(count: number): Promise<string[]> {
  const said = () => server.log().filter((line) => /"not ready: |"ready again"/.test(line));
  await vi.waitFor(() => expect(said()).toHaveLength(count), { timeout: 5_000, interval: 10 });
  return said().map((line) => JSON.parse(line).msg);
}

// Each starts a process, and one waits for as long as writes wait for a lock.
vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(!canMountDisks)("a server whose disk is full (skipped where none can be mounted)", () => {
  it("is not ready, refuses writes with RESOURCE_EXHAUSTED, and is ready again once there is room", async () => {
    await using disk = await mountDisk(8 * MEBIBYTE);
    const { health, createOrder, orders } = await start(join(disk.path, "data"));
    await using _ = health;
    expect(await health.next()).toMatchObject({ status: Status.SERVING });
    const { order } = await createOrder();
    const filler = join(disk.path, "filler");
    await expect(writeFile(filler, Buffer.alloc(8 * MEBIBYTE))).rejects.toMatchObject({ code: "ENOSPC" });
    expect(await health.next()).toMatchObject({ status: Status.NOT_SERVING });
    const reason = "the disk of the store is full";
    expect(await probe("/readyz")).toEqual({ code: 503, status: "not ready", reason });
    // The log may still have room for a few, in which case they are stored.
    const writes = await Promise.allSettled(Array.from({ length: 200 }, createOrder));
    const refused = writes.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    expect(await refusalOf(createOrder())).toMatchObject({ code: "ResourceExhausted", message: reason });
    expect((await orders.getOrder({ id: order?.id ?? "" })).order).toMatchObject({ phone: "123456" });
    await rm(filler);
    expect(await health.next()).toMatchObject({ status: Status.SERVING });
    expect((await createOrder()).created).toBe(true);
    expect(await readinessSaid(2)).toEqual([`not ready: ${reason}`, "ready again"]);
    expect(await server.kill("SIGTERM")).toBe(0);
  });
});

describe("a server whose store another process has locked", () => {
  it("serves on, stores what waits if the lock goes in time, refuses it with UNAVAILABLE if not, and recovers", async () => {
    const directory = await mkdtemp(join(tmpdir(), "triptych-"));
    const { health, createOrder, orders } = await start(directory);
    await using _ = health;
    expect(await health.next()).toMatchObject({ status: Status.SERVING });
    const other = new DatabaseSync(join(directory, "triptych.sqlite"));

    other.exec("begin immediate");
    const waiting = createOrder();
    expect(await health.next()).toMatchObject({ status: Status.NOT_SERVING });
    const reason = "another process has locked the store";
    expect(await probe("/readyz")).toEqual({ code: 503, status: "not ready", reason });
    expect(await probe("/healthz")).toEqual({ code: 200, status: "alive" });
    expect(await orders.listOrders({})).toMatchObject({ orders: [] });
    other.exec("rollback");
    expect((await waiting).created).toBe(true);
    expect(await health.next()).toMatchObject({ status: Status.SERVING });

    other.exec("begin immediate");
    expect(await refusalOf(createOrder())).toMatchObject({ code: "Unavailable", message: reason });
    other.close();
    expect(await health.next()).toMatchObject({ status: Status.NOT_SERVING });
    expect(await health.next()).toMatchObject({ status: Status.SERVING });
    expect((await createOrder()).created).toBe(true);
    const said = [`not ready: ${reason}`, "ready again"];
    expect(await readinessSaid(4)).toEqual([...said, ...said]);
    await server.kill("SIGTERM");
    await rm(directory, { recursive: true });
  });
});
