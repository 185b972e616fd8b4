import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FeedUpdate, ReadableFeed } from "../domain/feed.ts";
import { signalOfTest } from "../testing/signal-of-test.ts";
import { copyStore } from "./copy-store.ts";
import { withClient } from "./postgres/open-database.ts";
import { fetchFile, type SharedFile } from "./postgres/shared-files.ts";
import { openPostgresStore } from "./postgres/store.ts";
import { noPostgres, usePostgres } from "./postgres/testing/use-postgres.ts";
import { FolderInUse } from "./sqlite/folder-lock.ts";
import { openStore } from "./sqlite/store.ts";
import type { Store } from "./store.ts";
import { storeOptions } from "./testing/store-world.ts";

const postgres = usePostgres();
const order = { items: [{ bookId: 7, quantity: 2, title: "Dune" }], phone: "1", attributes: { a: "b" }, price: "" };

async function take<T>(feed: ReadableFeed<T>, count: number): Promise<FeedUpdate<T>[]> {
  const updates: FeedUpdate<T>[] = [];
  for await (const update of feed.follow({ afterSequence: 0 }, signalOfTest())) {
    if (updates.push(update) === count) break;
  }
  return updates;
}

/** All that a store shows. */
async function shown(store: Store) {
  return {
    greetings: await take(store.greetings, 3),
    orders: await store.orders.list({ limit: 10 }),
    orderEvents: await take(store.orders.feed, 2),
    ratings: await store.ratings.ofReader(1),
    changes: await take(store.ratings.changes, 4),
    trends: [...(await store.readerEvents.trending())],
  };
}

describe.skipIf(noPostgres !== undefined)(`copying a store to Postgres${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  let directory: string;
  let url: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "triptych-"));
    url = await postgres.newSchema();
  });

  afterEach(() => rm(directory, { recursive: true }));

  it("brings everything there, under the same numbers and the same log, and what is unique stays so", async () => {
    const options = storeOptions({ now: () => new Date(1_700_000_000_000) });
    const before = await openStore({ directory, ...options });
    for (const name of ["Ada", "Alan"])
      await before.greetings.append({ name, language: "en", message: "Hello", protocol: "grpc", method: "SayHello" });
    const { order: made } = await before.orders.create({ ...order, idempotencyKey: "a key", readerId: 1 });
    await before.ratings.change({ userId: 1, bookId: 7, stars: 5 });
    await before.ratings.change({ userId: 1, bookId: 8, stars: 2 });
    await before.ratings.change({ userId: 1, bookId: 8, stars: undefined });
    await before.readerEvents.record([{ userId: 2, bookId: 9, kind: "opened" }]);
    const alice = await before.readers.numberOf("alice");
    const expected = await shown(before);
    await expect(copyStore(directory, url)).rejects.toThrow(FolderInUse);
    await before.close();
    await writeFile(join(directory, "model.bin"), Buffer.alloc(9_000_000, "model"));

    expect(await copyStore(directory, url)).toBe(
      "copied 6 rows of events, 1 rows of orders, 0 rows of order_counts, 2 rows of ratings, 3 rows of reader_events, 2 rows of book_trends, 1 rows of reader_numbers, model.bin",
    );
    const after = await openPostgresStore({ url, wakeUp: "listen", ...options });
    try {
      expect(await shown(after)).toEqual(expected);
      expect(await after.readers.numberOf("alice")).toBe(alice);
      expect(await after.readers.numberOf("bob")).toBe(alice + 1);
      const again = await after.orders.create({ ...order, idempotencyKey: "a key", readerId: 1 });
      expect(again).toMatchObject({ created: false, order: { id: made.id } });
      expect(await after.readerEvents.record([{ userId: 2, bookId: 9, kind: "opened" }])).toBe(0);
      const { sequence } = await after.ratings.change({ userId: 3, bookId: 7, stars: 1 });
      expect(sequence).toBe(4);
    } finally {
      await after.close();
    }
    await withClient(url, { purpose: "test" }, async (client) => {
      const { rows } = await client.query<SharedFile>("select * from files");
      expect(rows).toMatchObject([{ name: "model.bin", parts: 3 }]);
      for (const file of rows) await fetchFile(client, file, join(directory, "fetched"));
    });
    expect(await readFile(join(directory, "fetched"))).toEqual(await readFile(join(directory, "model.bin")));
  });

  it("is refused where the database has a store already, and leaves that as it is", async () => {
    await (await openStore({ directory, ...storeOptions() })).close();
    const store = await openPostgresStore({ url, wakeUp: "listen", ...storeOptions() });
    await store.ratings.change({ userId: 3, bookId: 7, stars: 1 });
    await expect(copyStore(directory, url)).rejects.toThrow("has a store already");
    expect(await store.ratings.ofReader(3)).toMatchObject([{ bookId: 7, stars: 1 }]);
    await store.close();
  });
});
