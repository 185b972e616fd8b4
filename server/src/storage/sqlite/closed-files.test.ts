import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expectNothingLeft } from "@triptych/testkit/leftovers/expect-nothing-left.ts";
import { type Stock, takeProcessStock } from "@triptych/testkit/leftovers/take-stock.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { importFolder } from "../../importing/import-folder.ts";
import { writeSmallFolder } from "../../importing/testing/small-folder.ts";
import { openDatabase } from "./database.ts";
import { openLibraryBuilder } from "./library-builder.ts";
import { libraryFile } from "./library-file.ts";
import { lockLibrary } from "./library-lock.ts";
import { openServedLibrary } from "./served-library.ts";

let directory: string;
let before: Stock;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  before = takeProcessStock();
});

afterEach(() => rm(directory, { recursive: true }));

const expectClosed = () => expectNothingLeft(before, () => takeProcessStock(), 2_000);
const logger = { info: () => undefined, error: () => undefined };

async function importReaders(readers: number): Promise<void> {
  const folder = await writeSmallFolder({ readers });
  const { signal } = new AbortController();
  await importFolder({ folder, dataDir: directory, now: () => new Date(0), onProgress: () => undefined, signal });
}

it("a database that is closed has stored what was asked of it before, and holds no file open", async () => {
  const database = await openDatabase(directory);
  const written = database.write(({ transaction }) =>
    transaction.insertInto("ratings").values({ user_id: 1, book_id: 1, stars: 5, time: 0 }).execute(),
  );
  await database.close();
  await written;
  await expectClosed();
  const again = await openDatabase(directory);
  expect(await again.kysely.selectFrom("ratings").selectAll().execute()).toHaveLength(1);
  await again.close();
});

it("a library that gives way to the next is closed, and so is one that is the same as before", async () => {
  await importReaders(20);
  before = takeProcessStock();
  const library = await openServedLibrary({ dataDir: directory, logger });
  const stop = new AbortController();
  const replaced = Promise.withResolvers<void>();
  const watched = library.watch(() => replaced.resolve(), stop.signal, 5);
  await importReaders(30);
  await replaced.promise;
  stop.abort();
  await watched;
  library.close();
  await expectClosed();
});

it("a library that cannot be used is closed", async () => {
  await writeFile(libraryFile(directory), "no library");
  const library = await openServedLibrary({ dataDir: directory, logger });
  expect(library.current).toBeUndefined();
  await expectClosed();
});

it("a library whose books cannot be read is closed", async () => {
  await importReaders(20);
  const database = new DatabaseSync(libraryFile(directory));
  database.exec("update books set authors = 'no JSON'");
  database.close();
  before = takeProcessStock();
  const library = await openServedLibrary({ dataDir: directory, logger });
  expect(library.current).toBeUndefined();
  await expectClosed();
});

it("an import that another one keeps from starting holds no file open", async () => {
  const { release } = lockLibrary(directory);
  expect(() => lockLibrary(directory)).toThrow("another import");
  release();
  await expectClosed();
});

it("what an import of other data has begun is closed before the next one begins", async () => {
  const path = join(directory, "library.sqlite.part");
  openLibraryBuilder(path, "some data").close();
  openLibraryBuilder(path, "other data").close();
  await expectClosed();
});
