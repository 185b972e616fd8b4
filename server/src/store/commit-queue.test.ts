import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.ts";

let directory: string;
let database: Database;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  database = await openDatabase(directory);
});

afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const rate = (bookId: number, effects: number[] = []) =>
  database.write(async ({ transaction, afterCommit }) => {
    await transaction.insertInto("ratings").values({ user_id: 1, book_id: bookId, stars: 5, time: 0 }).execute();
    afterCommit(() => effects.push(bookId));
    return bookId;
  });

const storedBooks = async () =>
  (await database.kysely.selectFrom("ratings").select("book_id").execute()).map((row) => row.book_id);

describe("the commit queue", () => {
  it("gives each job's caller what the job returned", async () => {
    expect(await Promise.all([rate(1), rate(2), rate(3)])).toEqual([1, 2, 3]);
  });

  it("keeps the jobs of a burst whose neighbour fails", async () => {
    const results = await Promise.allSettled([rate(1), rate(2), rate(1), rate(3)]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(await storedBooks()).toEqual([1, 2, 3]);
  });

  it("has the effects of committed jobs happen once, in order, and of failed ones never", async () => {
    const effects: number[] = [];
    await Promise.allSettled([rate(2, effects), rate(1, effects), rate(2, effects), rate(3, effects)]);
    expect(effects).toEqual([2, 1, 3]);
  });

  it("stores nothing of a job that fails", async () => {
    const failing = database.write(async ({ transaction }) => {
      await transaction.insertInto("ratings").values({ user_id: 1, book_id: 9, stars: 5, time: 0 }).execute();
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await storedBooks()).toEqual([]);
  });

  it("finishes what is waiting before it closes", async () => {
    const write = rate(7);
    await database.close();
    await expect(write).resolves.toBe(7);
    database = await openDatabase(directory);
    expect(await storedBooks()).toEqual([7]);
  });
});
