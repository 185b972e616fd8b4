import fc from "fast-check";
import { expect, it } from "vitest";
import type {
  ReaderEvent,
  ReaderEventKind,
  ReaderEventStore,
} from "../../services/recommendation/domain/reader-events.ts";
import { createInMemoryReaderEventStore } from "../../services/recommendation/testing/in-memory-reader-event-store.ts";
import { openReaderEventStore } from "./reader-event-store.ts";
import { useDatabase } from "./testing/use-database.ts";

const used = useDatabase();
const HOUR = 60 * 60 * 1_000;

/** A store whose clock stands still until it is set. */
async function setUp() {
  let time = 1_000_000 * HOUR;
  const now = () => new Date(time);
  const open = () => openReaderEventStore({ database: used.database, now });
  const pass = (hours: number) => {
    time += hours * HOUR;
  };
  return { open, now, pass, store: await open() };
}

const opened = (userId: number | undefined, bookId: number, kind: ReaderEventKind = "opened"): ReaderEvent => ({
  userId,
  bookId,
  kind,
});

async function shown(store: ReaderEventStore): Promise<[number, number][]> {
  return Array.from(await store.trending(), ({ bookId, score }) => [bookId, Number(score.toFixed(9))]);
}

const arbitraryEvent = fc.record({
  userId: fc.constantFrom(1, 2, undefined),
  bookId: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom<ReaderEventKind>("opened", "put-into-basket", "liked", "ordered"),
});
const arbitraryReport = fc.record({
  events: fc.array(arbitraryEvent, { minLength: 1, maxLength: 4 }),
  hoursLater: fc.constantFrom(0, 1, 23, 24, 100, 2_000),
  reopens: fc.boolean(),
});

it("counts and trends as a store does that keeps everything and adds it all up, also when it is opened again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryReport, { maxLength: 12 }), async (reports) => {
      for (const table of ["reader_events", "book_trends"] as const) {
        await used.database.write(({ transaction }) => transaction.deleteFrom(table).execute());
      }
      const { open, now, pass } = await setUp();
      let store = await open();
      const naive = createInMemoryReaderEventStore({ clock: now });
      for (const { events, hoursLater, reopens } of reports) {
        expect(await store.record(events)).toBe(await naive.record(events));
        pass(hoursLater);
        if (reopens) store = await open();
        // Sums in another order differ in their last bits, which may turn two books as good as each other round.
        expect(new Map(await shown(store))).toEqual(new Map(await shown(naive)));
      }
    }),
    { numRuns: 30 },
  );
});

it("a book is worth half as much after a week, and is not listed once hardly anything is left, and forgotten after that", async () => {
  const { store, pass } = await setUp();
  await store.record([opened(1, 5, "ordered"), opened(1, 6), opened(2, 6, "put-into-basket")]);
  expect(await shown(store)).toEqual([
    [5, 5],
    [6, 4],
  ]);
  pass(7 * 24);
  expect(await shown(store)).toEqual([
    [5, 2.5],
    [6, 2],
  ]);
  pass(35 * 24);
  expect(await shown(store)).toEqual([]);
  pass(350 * 24);
  await store.record([opened(1, 7)]);
  const rows = await used.database.kysely.selectFrom("book_trends").select("book_id").execute();
  expect(rows).toEqual([{ book_id: 7 }]);
});

const kept = () => used.database.kysely.selectFrom("reader_events").select(["user_id", "book_id"]).execute();
const booksFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

it("of a reader's events at least the latest three hundred are kept, and those of others stay", async () => {
  const { store, pass } = await setUp();
  await store.record([opened(2, 1)]);
  for (let first = 1; first <= 1_000; first += 50) {
    await store.record(booksFrom(first, 50).map((bookId) => opened(1, bookId)));
    pass(0.001);
  }
  const rows = await kept();
  const own = rows.filter(({ user_id }) => user_id === 1).map(({ book_id }) => book_id);
  expect(own.length).toBeLessThanOrEqual(350);
  expect(own).toEqual(expect.arrayContaining(booksFrom(701, 300)));
  expect(rows).toContainEqual({ user_id: 2, book_id: 1 });
});

it("forgets what one event after the other has pushed out with a few statements, and not once for each", async () => {
  const { store, pass } = await setUp();
  await store.record(booksFrom(1, 50).map((bookId) => opened(1, bookId)));
  pass(0.001);
  for (let first = 51; first <= 350; first += 50) {
    await store.record(booksFrom(first, 50).map((bookId) => opened(1, bookId)));
  }
  expect(await kept()).toHaveLength(350);
  await store.record([opened(1, 351)]);
  expect(await kept()).toHaveLength(300);
});

it("keeps no event that is too old to keep another from counting", async () => {
  const { store, pass } = await setUp();
  for (let userId = 1; userId <= 3; userId++) {
    await store.record(booksFrom(1, 50).map((bookId) => opened(userId, bookId)));
  }
  pass(24);
  await store.record([opened(4, 1)]);
  expect(await kept()).toHaveLength(150 + 1 - 128);
  await store.record([opened(5, 1)]);
  expect(await kept()).toEqual([
    { user_id: 4, book_id: 1 },
    { user_id: 5, book_id: 1 },
  ]);
});

it("what is not committed counts for nothing", async () => {
  const { store, now } = await setUp();
  const failing = used.database.write((context) => {
    store.recordIn(context, [opened(1, 5)], now());
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await shown(store)).toEqual([]);
  expect(await store.record([opened(1, 5)])).toBe(1);
});

it("leaves out a trend that cannot be read", async () => {
  const { store, open } = await setUp();
  await store.record([opened(1, 5), opened(1, 6)]);
  used.database.prepare("update book_trends set score = 'much' where book_id = ?").run([5]);
  expect(await shown(await open())).toEqual([[6, 1]]);
});

it("a clock that is set back keeps no event from counting, and makes none worth more", async () => {
  const { store, pass } = await setUp();
  await store.record([opened(1, 5)]);
  pass(-1_000);
  expect(await store.record([opened(1, 5), opened(2, 5)])).toBe(2);
  expect(await shown(store)).toEqual([[5, 3]]);
});
