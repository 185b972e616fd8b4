import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { WriteContext } from "./commit-queue.ts";
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

it("at most 256 jobs share a transaction", async () => {
  const jobs = new Map<WriteContext, number>();
  const count = (context: WriteContext) => {
    jobs.set(context, (jobs.get(context) ?? 0) + 1);
  };
  await Promise.all(Array.from({ length: 600 }, () => database.write(count)));
  expect(Math.max(...jobs.values())).toBe(256);
});

it("keeps 256 prepared statements and no more", () => {
  const statement = (number: number) => database.prepare(`select ${number}`);
  // Whatever was prepared before: these are the latest.
  for (let number = 0; number < 600; number++) statement(number);
  const first = statement(1_000);
  let kept = 0;
  while (statement(1_000) === first) {
    statement(1_001 + kept);
    kept += 1;
    expect(kept).toBeLessThanOrEqual(256);
  }
});
