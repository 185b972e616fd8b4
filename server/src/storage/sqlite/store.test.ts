import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import type { OrderDraft } from "../../services/order/domain/order.ts";
import { openStore } from "./store.ts";

async function setUp() {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const store = await openStore({
    directory,
    library: { current: undefined },
    heartbeatMs: 1_000,
    now: () => new Date(0),
    logger: pino({ level: "silent" }),
  });
  onTestFinished(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
  const trends = async () => Array.from(await store.readerEvents.trending(), ({ bookId, score }) => [bookId, score]);
  return { store, trends };
}

const draft = (bookIds: readonly number[], readerId?: number, idempotencyKey?: string): OrderDraft => ({
  items: bookIds.map((bookId) => ({ bookId, quantity: 3, title: "Dune" })),
  phone: "123456",
  attributes: {},
  price: "",
  idempotencyKey,
  readerId,
});

it("an order counts once for each of its books, and not again when it is sent again", async () => {
  const { store, trends } = await setUp();
  await store.orders.create(draft([1, 2], 7, "k"));
  await store.orders.create(draft([1, 2], 7, "k"));
  await store.orders.create(draft([2], 7));
  expect(await trends()).toEqual([
    [1, 5],
    [2, 5],
  ]);
  await store.orders.create(draft([2]));
  expect(await trends()).toEqual([
    [2, 10],
    [1, 5],
  ]);
});

it("a like counts when it is given, and no other rating does", async () => {
  const { store, trends } = await setUp();
  const rate = (bookId: number, stars: number | undefined) => store.ratings.change({ userId: 7, bookId, stars });
  await rate(1, 5);
  await rate(1, 4);
  await rate(2, 3);
  await rate(3, undefined);
  expect(await trends()).toEqual([[1, 4]]);
});
