import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import {
  ReaderEventKind,
  RecommendationService,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let directory: string;
let port: number;
let server: ServerProcess;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  port = await freePort();
  server = await startServerProcess(port, directory);
});

afterEach(async () => {
  await server.kill("SIGKILL");
  await rm(directory, { recursive: true });
});

function clients() {
  const transport = createTransport("grpc", server.baseUrl);
  return {
    greeter: createClient(GreeterService, transport),
    orders: createClient(OrderService, transport),
    books: createClient(RecommendationService, transport),
  };
}

/** Calls one after the other until the server is gone; returns what was acknowledged. */
async function callUntilGone<T>(call: (count: number) => Promise<T>): Promise<T[]> {
  const acknowledged: T[] = [];
  try {
    for (let count = 1; ; count++) acknowledged.push(await call(count));
  } catch {
    return acknowledged;
  }
}

it("keeps everything it acknowledged through kill -9, and a watcher that resumes sees each greeting exactly once", async () => {
  const { greeter, orders, books } = clients();
  const written = Promise.all([
    callUntilGone(async (count) => {
      await greeter.sayHello({ name: `name ${count}` });
      return `name ${count}`;
    }),
    callUntilGone(async (count) => {
      const { order } = await orders.createOrder({
        items: [{ bookId: 1 }],
        phone: "123456",
        idempotencyKey: `${count}`,
      });
      return order?.id ?? "";
    }),
    callUntilGone(async (count) => {
      await books.rateBook({
        userId: count,
        bookId: 1 + (count % 9),
        change: { case: "stars", value: 1 + (count % 5) },
      });
      return count;
    }),
    callUntilGone(async (count) => {
      await books.reportEvents({ userId: count, events: [{ kind: ReaderEventKind.OPENED, bookId: 1 }] });
      return count;
    }),
  ]);
  const seen: { sequence: bigint; name: string }[] = [];
  try {
    for await (const { update } of greeter.watchGreetings({})) {
      if (update.case !== "greeting") continue;
      seen.push(update.value);
      if (seen.length === 100) await server.kill("SIGKILL");
    }
  } catch {
    // The stream broke off with the server; what it brought until then is in `seen`.
  }
  const [names, orderIds, readers, reporters] = await written;
  expect(names.length).toBeGreaterThanOrEqual(99);
  server = await startServerProcess(port, directory);
  const after = clients();

  const left = new AbortController();
  const resumed: { sequence: bigint; name: string }[] = [];
  await after.greeter.sayHello({ name: "last" });
  const afterSequence = seen.at(-1)?.sequence ?? 0n;
  for await (const { update } of after.greeter.watchGreetings({ afterSequence }, { signal: left.signal })) {
    if (update.case !== "greeting") continue;
    resumed.push(update.value);
    if (update.value.name === "last") break;
  }
  left.abort();
  const all = [...seen, ...resumed];
  expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => BigInt(index + 1)));
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(names));

  for (const id of orderIds) expect((await after.orders.getOrder({ id })).order?.id).toBe(id);
  expect(orderIds.length).toBeGreaterThan(0);
  for (const userId of readers) {
    expect((await after.books.listRatings({ userId })).ratings[0]).toMatchObject({ stars: 1 + (userId % 5) });
  }
  expect(readers.length).toBeGreaterThan(0);
  for (const userId of reporters) {
    const again = { userId, events: [{ kind: ReaderEventKind.OPENED, bookId: 1 }] };
    expect(await after.books.reportEvents(again)).toMatchObject({ counted: 0 });
  }
  expect(reporters.length).toBeGreaterThan(0);
});
