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
  // What is shown again within the hour is not stored again, so the limit of seven days is reached in steps of whole hours.
  fc.record({ kind: fc.constant("pass" as const), hours: fc.constantFrom(1, 100, 200) }),
  fc.record({ kind: fc.constant("reopen" as const) }),
);

/** Counts all steps from the first, as they are defined: by looking back from each thing done for when the book was shown last. */
function countSlowly(steps: readonly Step[]) {
  let time = 0;
  const shown = new Map<string, number>();
  const done = new Set<string>();
  for (const step of steps) {
    if (step.kind === "pass") time += step.hours;
    if (step.kind === "show") for (const book of step.bookIds) shown.set(`${step.userId}/${book}`, time);
    if (step.kind !== "do") continue;
    const key = `${step.userId}/${step.bookId}`;
    const at = shown.get(key);
    if (at !== undefined && time - at <= 7 * 24) done.add(`${key}/${step.outcome}`);
  }
  return COMPARED_RANKINGS.map((ranking) => {
    const has = (key: string) => rankingOf(Number(key.split("/")[0])) === ranking;
    const own = [...shown.keys()].filter(has);
    const outcomeOf = (outcome: Outcome) => {
      const hits = [...done].filter((key) => has(key) && key.endsWith(outcome));
      return { books: hits.length, readers: new Set(hits.map((key) => key.split("/")[0])).size };
    };
    return {
      ranking,
      readers: new Set(own.map((key) => key.split("/")[0])).size,
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

it("counts the first readers, and none beyond the most", async () => {
  const comparison = await setUp({ mostReaders: 2 });
  for (const reader of [1, 2, 3]) await comparison.show(reader, [1]);
  comparison.pass(2);
  for (const reader of [1, 2, 3]) await comparison.show(reader, [2]);
  await comparison.count(3, 1, "opened");
  const readers = comparison.counts().map((one) => one.readers);
  const opened = comparison.counts().map(({ outcomes }) => outcomes.opened.books);
  expect(readers.reduce((sum, one) => sum + one)).toBe(2);
  expect(opened).toEqual([0, 0]);
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
