import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { importFolder } from "../../importing/import-folder.ts";
import { writeSmallFolder } from "../../importing/testing/small-folder.ts";
import { writeFolder } from "../../importing/testing/write-folder.ts";
import type { Rating } from "../../services/recommendation/domain/rating-store.ts";
import type { Store } from "../store.ts";
import { type Library, openLibrary } from "./library.ts";
import { readLikes } from "./library-likes.ts";
import { openStore } from "./store.ts";

const importedAt = new Date(50_000);

/** A store over a library in which reader 1 gave five stars to book 1001, three to 1002, wants to read 1005 and rated nothing else. */
async function setUp({ imported = true } = {}) {
  const dataDir = await writeFolder({});
  const importRatings = async (ratings: string) => {
    const files = {
      "ratings.csv": `user_id,book_id,rating\n${ratings}`,
      "to_read.csv": "user_id,book_id\n1,5\n",
    };
    const folder = await writeSmallFolder({ readers: 0, files });
    const signal = new AbortController().signal;
    await importFolder({ folder, dataDir, now: () => importedAt, onProgress: () => {}, signal });
    library.current?.close();
    library.current = openLibrary(dataDir);
  };
  const library: { current: Library | undefined } = { current: undefined };
  let seconds = 0;
  let store: Store | undefined;
  const open = async () => {
    await store?.close();
    store = await openStore({
      directory: dataDir,
      library,
      heartbeatMs: 1_000,
      logger: pino({ level: "silent" }),
      now: () => new Date(1_000 * ++seconds),
    });
    return store.ratings;
  };
  onTestFinished(() => store?.close());
  onTestFinished(() => library.current?.close());
  if (imported) await importRatings("1,1,5\n1,2,3\n2,3,4\n");
  const ratings = await open();
  const rate = (bookId: number, stars: number | undefined, userId = 1) => ratings.change({ userId, bookId, stars });
  return { dataDir, importRatings, open, ratings, rate };
}

const shown = (ratings: readonly Rating[]) =>
  ratings.map(({ bookId, stars, time }) => `${bookId}: ${stars} at ${time.getTime() / 1_000}`);

it("a reader's imported ratings are as old as the import, those of other readers are theirs", async () => {
  const { ratings } = await setUp();
  expect(shown(await ratings.ofReader(1))).toEqual(["1001: 5 at 50", "1002: 3 at 50"]);
  expect(shown(await ratings.ofReader(2))).toEqual(["6: 4 at 50"]);
  expect(await ratings.ofReader(3)).toEqual([]);
});

it("what a reader says in the app takes the place of what was imported, and stays there", async () => {
  const { ratings, rate, open } = await setUp();
  await rate(1002, 4);
  await rate(1003, 2);
  const expected = ["1001: 5 at 50", "1003: 2 at 2", "1002: 4 at 1"];
  expect(shown(await ratings.ofReader(1))).toEqual(expected);
  expect(shown(await (await open()).ofReader(1))).toEqual(expected);
});

it("an imported rating that is taken back stays away, also after a restart and another import", async () => {
  const { ratings, rate, open, importRatings } = await setUp();
  expect((await rate(1001, undefined)).rating).toBeUndefined();
  expect(shown(await ratings.ofReader(1))).toEqual(["1002: 3 at 50"]);
  const after = await open();
  expect(shown(await after.ofReader(1))).toEqual(["1002: 3 at 50"]);
  await importRatings("1,1,4\n1,2,1\n");
  expect(shown(await after.ofReader(1))).toEqual(["1002: 1 at 50"]);
  await after.change({ userId: 1, bookId: 1001, stars: 3 });
  expect(shown(await after.ofReader(1))).toEqual(["1002: 1 at 50", "1001: 3 at 2"]);
});

it("an import is seen by whoever looks after it, and what was said before it stands", async () => {
  const { ratings, rate, importRatings } = await setUp({ imported: false });
  await rate(1001, 1);
  expect(shown(await ratings.ofReader(1))).toEqual(["1001: 1 at 1"]);
  await importRatings("1,1,5\n1,2,3\n");
  expect(shown(await ratings.ofReader(1))).toEqual(["1002: 3 at 50", "1001: 1 at 1"]);
});

it("a change tells whether it gives or takes a like, counting from what was imported", async () => {
  const { ratings, rate } = await setUp();
  const stop = new AbortController();
  const changes = ratings.changes.follow({}, stop.signal)[Symbol.asyncIterator]();
  await changes.next();
  const told = async (bookId: number, stars: number | undefined) => {
    await rate(bookId, stars);
    const { value } = await changes.next();
    return value.event.changesLike;
  };
  // Rated 5 in the library, then wished for there, then in neither.
  expect([await told(1001, 4), await told(1001, undefined), await told(1001, undefined)]).toEqual([false, true, false]);
  expect([await told(1005, 5), await told(1005, 2)]).toEqual([false, true]);
  expect([await told(1006, 2), await told(1006, 4)]).toEqual([false, true]);
  stop.abort();
});

it("the likes to train on are those of the library under those of the app", async () => {
  const { dataDir, rate } = await setUp();
  const likes = () => {
    const { readers, books } = readLikes(dataDir);
    return Array.from(readers, (reader, row) => `${reader}/${books[row]}`).sort();
  };
  expect(likes()).toEqual(["1/1001", "1/1005", "2/6"]);
  await rate(1001, undefined);
  await rate(1005, 3);
  await rate(1006, 5);
  await rate(6, 5, 2);
  expect(likes()).toEqual(["1/1006", "2/6"]);
});

it("readers are read anew after each change, however many ask at once", async () => {
  const { ratings, rate } = await setUp();
  const asked = [ratings.ofReader(1), rate(1001, 1), ratings.ofReader(1)] as const;
  await Promise.all(asked);
  expect(shown(await ratings.ofReader(1))).toEqual(["1002: 3 at 50", "1001: 1 at 1"]);
});

it("the ratings of a book are counted over all readers, each as it holds", async () => {
  const { ratings, rate, importRatings } = await setUp();
  expect(await ratings.countsOf(1001)).toEqual([0, 0, 0, 0, 1]);
  await rate(1001, 2);
  await rate(1001, 4, 2_000_000_000);
  await rate(1001, 4, 2);
  expect(await ratings.countsOf(1001)).toEqual([0, 1, 0, 2, 0]);
  await rate(1001, undefined);
  expect(await ratings.countsOf(1001)).toEqual([0, 0, 0, 2, 0]);
  expect(await ratings.countsOf(1006)).toEqual([0, 0, 0, 0, 0]);
  await importRatings("1,1,5\n3,1,5\n4,1,1\n");
  expect(await ratings.countsOf(1001)).toEqual([1, 0, 0, 2, 1]);
});
