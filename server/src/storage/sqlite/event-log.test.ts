import { expect, it } from "vitest";
import { createHub } from "../live/hub.ts";
import { openEventLog } from "./event-log.ts";
import { useDatabase } from "./testing/use-database.ts";

const topic = { name: "numbers", encode: String, decode: Number };
const time = new Date(0);

const used = useDatabase();

async function openAndAppend(count: number, keep?: number) {
  const log = await openEventLog(used.database, createHub(), keep === undefined ? topic : { ...topic, keep });
  await used.database.write((context) => {
    for (let number = 1; number <= count; number++) log.append(context, number, time);
  });
  return log;
}

const stored = async () =>
  (await used.database.kysely.selectFrom("events").select("sequence").orderBy("sequence").execute()).map(
    (row) => row.sequence,
  );

it("forgets all but the latest events of a topic that keeps some, and says which is the oldest", async () => {
  const log = await openAndAppend(1_000, 10);
  expect(await stored()).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1_000]);
  expect([log.committed.oldestSequence(), log.committed.lastSequence()]).toEqual([991, 1_000]);
});

it("keeps every event of a topic that keeps all", async () => {
  const log = await openAndAppend(1_000);
  expect(await stored()).toHaveLength(1_000);
  expect(log.committed.oldestSequence()).toBe(1);
});

it("brings at most 16 events at once from the disk, however many are asked for", async () => {
  await openAndAppend(40);
  const { readAfter } = (await openEventLog(used.database, createHub(), topic)).committed;
  expect((await readAfter(0, 15)).map(({ sequence }) => sequence)).toHaveLength(15);
  expect((await readAfter(0, 16)).map(({ sequence }) => sequence)).toHaveLength(16);
  expect((await readAfter(0, 17)).map(({ sequence }) => sequence)).toHaveLength(16);
});

it("numbers the events of one transaction from what it has appended, before any of them is committed", async () => {
  const log = await openAndAppend(3);
  const { lastSequence } = log.committed;
  const append = (number: number) =>
    used.database.write((context) => ({ ...log.append(context, number, time), committed: lastSequence() }));
  expect(await Promise.all([append(7), append(8)])).toMatchObject([
    { sequence: 4, committed: 3 },
    { sequence: 5, committed: 3 },
  ]);
  expect(lastSequence()).toBe(5);
});
