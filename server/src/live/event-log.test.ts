import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Database, openDatabase } from "../store/database.ts";
import { openEventLog } from "./event-log.ts";
import { createHub } from "./hub.ts";

const topic = { name: "numbers", encode: String, decode: Number };
const time = new Date(0);

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

async function openAndAppend(count: number, keep?: number) {
  const log = await openEventLog(database, createHub(), keep === undefined ? topic : { ...topic, keep });
  await database.write((context) => {
    for (let number = 1; number <= count; number++) log.append(context, number, time);
  });
  return log;
}

const stored = async () =>
  (await database.kysely.selectFrom("events").select("sequence").orderBy("sequence").execute()).map(
    (row) => row.sequence,
  );

it("forgets all but the latest events of a topic that keeps some, and says which is the oldest", async () => {
  const log = await openAndAppend(1_000, 10);
  expect(await stored()).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1_000]);
  expect([log.oldestSequence(), log.lastSequence()]).toEqual([991, 1_000]);
});

it("keeps every event of a topic that keeps all", async () => {
  const log = await openAndAppend(1_000);
  expect(await stored()).toHaveLength(1_000);
  expect(log.oldestSequence()).toBe(1);
});

it("brings at most 16 events at once from the disk, however many are asked for", async () => {
  await openAndAppend(40);
  const { readAfter } = await openEventLog(database, createHub(), topic);
  expect((await readAfter(0, 15)).map(({ sequence }) => sequence)).toHaveLength(15);
  expect((await readAfter(0, 16)).map(({ sequence }) => sequence)).toHaveLength(16);
  expect((await readAfter(0, 17)).map(({ sequence }) => sequence)).toHaveLength(16);
});
