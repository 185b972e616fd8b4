import fc from "fast-check";
import { expect, it } from "vitest";
import { COMPARED_RANKINGS, type Outcome, rankingOf } from "../../services/recommendation/domain/ranking-comparison.ts";
import { openComparisonStore } from "./comparison-store.ts";
import { useDatabase } from "./testing/use-database.ts";

const used = useDatabase();
const HOUR = 60 * 60 * 1_000;

async function setUp({ mostReaders = 100 } = {}) {
  for (const table of ["shown_books", "compared_readers"] as const) {
    await used.database.write(({ transaction }) => transaction.deleteFrom(table).execute());
  }
  let time = 1_000_000 * HOUR;
  const now = () => new Date(time);
  let changes = 0;
  const open = () =>
    openComparisonStore({
      database: used.database,
      now,
      mostReaders,
      onChange: () => {
        changes++;
      },
    });
  let store = await open();
  return {
    get changes() {
      return changes;
    },
    now,
    pass(hours: number) {
      time += hours * HOUR;
    },
    /** Resolves once it is stored: jobs that write go one after the other. */
    async show(userId: number, bookIds: readonly number[], ranking = rankingOf(userId)) {
      store.shown(userId, ranking, bookIds);
      await used.database.write(() => undefined);
    },
    count: (userId: number, bookId: number, outcome: Outcome) =>
      used.database.write((context) => store.countIn(context, { userId, bookId, outcome }, now())),
    counts: () => store.counts(),
    async reopen() {
      store = await open();
    },
  };
}

type Step =
  | { readonly kind: "show"; readonly userId: number; readonly bookIds: readonly number[] }
  | { readonly kind: "do"; readonly userId: number; readonly bookId: number; readonly outcome: Outcome }
  | { readonly kind: "pass"; readonly hours: number }
  | { readonly kind: "reopen" };

const userId = fc.integer({ min: 1, max: 5 });
const bookId = fc.integer({ min: 1, max: 4 });
const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("show" as const), userId, bookIds: fc.uniqueArray(bookId, { minLength: 1 }) }),
  fc.record({
    kind: fc.constant("do" as const),
    userId,
    bookId,
    outcome: fc.constantFrom<Outcome>("opened", "rated", "ordered"),
  }),
  // What is shown again within the hour is not stored again, so the limits are reached in steps of whole hours.
  fc.record({ kind: fc.constant("pass" as const), hours: fc.constantFrom(1, 100, 200) }),
  fc.record({ kind: fc.constant("reopen" as const) }),
);

/** A book that a reader was shown, again and again for all it counts, and what was done with it. */
interface Showing {
  readonly userId: number;
  readonly bookId: number;
  time: number;
  readonly done: Set<Outcome>;
}

/** Counts all steps from the first, as they are defined: a book counts again after seven days, a reader begins again after four weeks. */
function countSlowly(steps: readonly Step[]) {
  let time = 0;
  const readers = new Map<number, number>();
  let showings: Showing[] = [];
  const counting = (userId: number, bookId: number) =>
    showings.findLast((one) => one.userId === userId && one.bookId === bookId && time - one.time <= 7 * 24);
  function show(userId: number, bookId: number): void {
    const known = counting(userId, bookId);
    if (known === undefined) showings.push({ userId, bookId, time, done: new Set() });
    else known.time = time;
  }
  for (const step of steps) {
    if (step.kind === "pass") time += step.hours;
    if (step.kind === "do") counting(step.userId, step.bookId)?.done.add(step.outcome);
    if (step.kind !== "show") continue;
    for (const [reader, at] of readers) if (time - at > 28 * 24) readers.delete(reader);
    showings = showings.filter((one) => readers.has(one.userId));
    readers.set(step.userId, time);
    for (const book of step.bookIds) show(step.userId, book);
  }
  return COMPARED_RANKINGS.map((ranking) => {
    const own = showings.filter(({ userId }) => rankingOf(userId) === ranking);
    const outcomeOf = (outcome: Outcome) => {
      const hits = own.filter(({ done }) => done.has(outcome));
      return { books: hits.length, readers: new Set(hits.map(({ userId }) => userId)).size };
    };
    return {
      ranking,
      readers: [...readers.keys()].filter((userId) => rankingOf(userId) === ranking).length,
      booksShown: own.length,
      outcomes: { opened: outcomeOf("opened"), rated: outcomeOf("rated"), ordered: outcomeOf("ordered") },
    };
  });
}

it("counts what looking through everything that happened counts, also after it was opened again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryStep, { maxLength: 25 }), async (steps) => {
      const comparison = await setUp();
      for (const step of steps) {
        if (step.kind === "show") await comparison.show(step.userId, step.bookIds);
        if (step.kind === "do") await comparison.count(step.userId, step.bookId, step.outcome);
        if (step.kind === "pass") comparison.pass(step.hours);
        if (step.kind === "reopen") await comparison.reopen();
      }
      expect(comparison.counts()).toEqual(countSlowly(steps));
    }),
    { numRuns: 40 },
  );
});

it("keeps two hundred books of a reader, and counts nothing with those that were shown before", async () => {
  const comparison = await setUp();
  await comparison.show(1, [1]);
  comparison.pass(2);
  await comparison.show(
    1,
    Array.from({ length: 200 }, (_, index) => 2 + index),
  );
  await comparison.count(1, 1, "opened");
  await comparison.count(1, 2, "opened");
  const own = comparison.counts().find(({ ranking }) => ranking === rankingOf(1));
  expect(own).toMatchObject({ readers: 1, booksShown: 201, outcomes: { opened: { books: 1, readers: 1 } } });
  const kept = await used.database.kysely.selectFrom("shown_books").selectAll().execute();
  expect(kept).toHaveLength(200);
});

const list = (first: number, count = 100) => Array.from({ length: count }, (_, index) => first + index);

it("has what a reader is shown among the books it keeps, also where they were shown in the hour before", async () => {
  const comparison = await setUp();
  for (const first of [1, 101, 201, 1]) await comparison.show(1, list(first));
  await comparison.count(1, 50, "opened");
  const own = comparison.counts().find(({ ranking }) => ranking === rankingOf(1));
  expect(own).toMatchObject({ booksShown: 400, outcomes: { opened: { books: 1, readers: 1 } } });
});

it("counts as many readers as it may, those who were shown a list last, so that strangers end nothing", async () => {
  const comparison = await setUp({ mostReaders: 2 });
  const counted = async () => {
    const rows = await used.database.kysely
      .selectFrom("compared_readers")
      .select("user_id")
      .orderBy("user_id")
      .execute();
    return rows.map(({ user_id }) => user_id);
  };
  for (const reader of [1, 2, 3]) {
    await comparison.show(reader, [1]);
    comparison.pass(2);
  }
  expect(await counted()).toEqual([2, 3]);
  for (const reader of [1, 3]) await comparison.count(reader, 1, "opened");
  await comparison.show(1, [1]);
  expect(await counted()).toEqual([1, 3]);
  const counts = comparison.counts();
  expect(counts.reduce((sum, { readers }) => sum + readers, 0)).toBe(2);
  expect(counts.reduce((sum, { outcomes }) => sum + outcomes.opened.books, 0)).toBe(1);
});

it("keeps no row in which nothing can count any more", async () => {
  const comparison = await setUp();
  await comparison.show(1, [1, 2]);
  comparison.pass(7 * 24 + 1);
  await comparison.show(2, [1]);
  const booksOf = async () => {
    const rows = await used.database.kysely.selectFrom("shown_books").selectAll().execute();
    return rows.map(({ user_id, book_id }) => [user_id, book_id]);
  };
  expect(await booksOf()).toEqual([[2, 1]]);
  comparison.pass(21 * 24);
  await comparison.show(2, [1]);
  expect(comparison.counts().map(({ readers }) => readers)).toEqual(
    COMPARED_RANKINGS.map((ranking) => (rankingOf(2) === ranking ? 1 : 0)),
  );
});

it("notes no more lists than a few hundred while the disk is busy, and those that it passed over when they are shown again", async () => {
  const comparison = await setUp({ mostReaders: 1_000 });
  const readers = () => comparison.counts().reduce((sum, one) => sum + one.readers, 0);
  const busy = Promise.withResolvers<void>();
  const first = used.database.write(() => busy.promise);
  const shown = list(1, 300).map((reader) => comparison.show(reader, [1]));
  busy.resolve();
  await Promise.all([first, ...shown]);
  expect(readers()).toBe(256);
  for (const reader of list(257, 44)) await comparison.show(reader, [1]);
  expect(readers()).toBe(300);
});

it("begins again with a reader whose ranking is another one than before", async () => {
  const comparison = await setUp();
  await comparison.show(1, [1, 2], { id: "of-long-ago", name: "", mostByAuthor: 1 });
  await comparison.count(1, 1, "opened");
  comparison.pass(2);
  await comparison.show(1, [1]);
  await comparison.count(1, 2, "opened");
  const own = comparison.counts().find(({ ranking }) => ranking === rankingOf(1));
  expect(own).toMatchObject({ readers: 1, booksShown: 1, outcomes: { opened: { books: 0, readers: 0 } } });
});

it("tells of every change, and stores nothing where a list is shown again", async () => {
  const comparison = await setUp();
  await comparison.show(1, [1, 2]);
  await comparison.show(1, [2, 1]);
  expect(comparison.changes).toBe(1);
  await comparison.count(1, 1, "rated");
  await comparison.count(1, 1, "rated");
  expect(comparison.changes).toBe(2);
});
