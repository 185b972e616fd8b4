import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reachableFrom } from "@triptych/testkit/leftovers/reachable.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataLoss, InvalidInput } from "../../domain/errors.ts";
import type { EventFeed, FeedUpdate } from "../../domain/feed.ts";
import { type Database, openDatabase } from "../sqlite/database.ts";
import { openEventFeed } from "./event-feed.ts";
import { createHub } from "./hub.ts";
import type { Topic } from "./topic.ts";

const numbers: Topic<number> = { name: "numbers", encode: String, decode: readNumber };

function readNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`must be a number: got ${text}`);
  return Number(text);
}

const now = () => new Date(1_700_000_000_000);

let directory: string;
let database: Database;
let feed: EventFeed<number>;
let left: AbortController;
let damage: string[];

async function open(heartbeatMs = 60_000, topic = numbers): Promise<void> {
  database = await openDatabase(directory, { onDamage: (what) => damage.push(what) });
  feed = await openEventFeed({ database, hub: createHub(), heartbeatMs, now }, topic);
}

beforeEach(async () => {
  left = new AbortController();
  damage = [];
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  await open();
});

afterEach(async () => {
  left.abort();
  await database.close();
  await rm(directory, { recursive: true });
});

/** Does to the log what a person with the database's shell can do. */
const byHand = (sql: string) => database.write(() => void database.prepare(sql).run([]));

const follow = (start: Parameters<EventFeed<number>["follow"]>[0]) =>
  feed.follow(start, left.signal)[Symbol.asyncIterator]();

async function appendAll(from: number, to: number): Promise<void> {
  const appends: Promise<unknown>[] = [];
  for (let number = from; number <= to; number++) appends.push(feed.append(number));
  await Promise.all(appends);
}

async function take(iterator: AsyncIterator<FeedUpdate<number>>, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) {
    const { value } = await iterator.next();
    if (value.kind === "event") taken.push(value.event);
  }
  return taken;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("a feed", () => {
  it("opens with its position, then brings what is new", async () => {
    await appendAll(1, 3);
    const follower = follow({});
    expect((await follower.next()).value).toEqual({
      kind: "position",
      logId: database.logId,
      sequence: 3,
      oldestSequence: 1,
    });
    await feed.append(4);
    expect((await follower.next()).value).toEqual({ kind: "event", sequence: 4, time: now(), event: 4 });
  });

  it("brings the latest events first where asked to", async () => {
    await appendAll(1, 5);
    expect(await take(follow({ recent: 2 }), 2)).toEqual([4, 5]);
  });

  it("continues after the sequence number a follower has seen, none lost and none twice", async () => {
    await appendAll(1, 10);
    const follower = follow({ afterSequence: 4 });
    const first = await take(follower, 3);
    await appendAll(11, 20);
    expect([...first, ...(await take(follower, 13))]).toEqual(range(5, 20));
  });

  it("gives a follower that was slow everything, also what is no longer in memory", async () => {
    const follower = follow({});
    await follower.next();
    await appendAll(1, 3_000);
    expect(await take(follower, 3_000)).toEqual(range(1, 3_000));
  });

  it("continues where it was after a restart", async () => {
    await appendAll(1, 3);
    await database.close();
    await open();
    await feed.append(4);
    expect(await take(follow({ afterSequence: 2 }), 2)).toEqual([3, 4]);
  });

  it("says where it stands while nothing happens", async () => {
    await database.close();
    await open(1);
    const follower = follow({});
    await follower.next();
    expect((await follower.next()).value).toMatchObject({ kind: "position" });
  });

  it("ends with the reason of its signal", async () => {
    const follower = follow({});
    await follower.next();
    const next = follower.next();
    left.abort(new Error("left"));
    await expect(next).rejects.toThrow("left");
  });

  it("drops the oldest events of a topic that does not keep all", async () => {
    await database.close();
    await open(60_000, { ...numbers, keep: 10 });
    await appendAll(1, 1_000);
    const follower = follow({ afterSequence: 0 });
    expect((await follower.next()).value).toMatchObject({ oldestSequence: 991 });
    await database.close();
    await open(60_000, { ...numbers, keep: 10 });
    expect(await take(follow({ afterSequence: 0 }), 10)).toEqual(range(991, 1_000));
  });

  it.each([{ afterSequence: -1 }, { afterSequence: 4 }, { afterSequence: 0.5 }, { recent: -1 }, { recent: 1_001 }])(
    "refuses to start at %o",
    async (start) => {
      await appendAll(1, 3);
      expect(() => feed.follow(start, left.signal)).toThrow(InvalidInput);
    },
  );
});

it("a follower that has left holds none of the events that it had read", async () => {
  await appendAll(1, 5);
  const follower = follow({ recent: 5 });
  await take(follower, 1);
  const events = () => [...reachableFrom(follower)].filter((held) => "kind" in held && held.kind === "event");
  expect(events().length).toBeGreaterThan(0);
  await follower.return?.();
  expect(events()).toEqual([]);
});

it("a follower that leaves while it waits is done, and is not told where the stream stands", async () => {
  const iterator = follow({});
  await iterator.next();
  const waiting = iterator.next();
  await iterator.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

describe("a feed whose rows were changed by hand", () => {
  beforeEach(async () => {
    await appendAll(1, 40);
    // Read from the disk from here on: the latest events are in memory only where they were stored.
    await database.close();
    await open();
  });

  it.each([
    ["in the middle of a page", "sequence = 20", 19],
    ["at the start of a page", "sequence between 17 and 20", 16],
    ["at the end", "sequence > 30", 30],
    ["all", "sequence > 0", 0],
  ])("ends with DataLoss where events are missing: %s", async (_, which, readable) => {
    const follower = follow({ afterSequence: 0 });
    await byHand(`delete from events where ${which}`);
    const firstPages = Math.floor(readable / 16) * 16;
    expect(await take(follower, firstPages)).toEqual(range(1, firstPages));
    const rest = async () => {
      for (;;) await take(follower, 1);
    };
    await expect(rest()).rejects.toThrow(DataLoss);
    expect(await follower.next()).toEqual({ done: true, value: undefined });
  });

  it("leaves out an event that cannot be read, also a page of them, and reports each once", async () => {
    await byHand("update events set payload = 'x' where sequence between 15 and 36");
    for (let time = 0; time < 2; time++) {
      expect(await take(follow({ afterSequence: 0 }), 18)).toEqual([...range(1, 14), ...range(37, 40)]);
    }
    expect(damage.sort()).toEqual(
      range(15, 36).map((number) => `event ${number} of the feed of numbers cannot be read and is left out`),
    );
  });

  it("gives no number a second time while it runs", async () => {
    await byHand("delete from events where sequence > 30");
    expect(await feed.append(41)).toMatchObject({ sequence: 41 });
    expect(await take(follow({ afterSequence: 40 }), 1)).toEqual([41]);
  });

  it("brings what was added by hand in its place", async () => {
    await byHand("insert into events (topic, sequence, time, payload) values ('numbers', 41, 0, '41')");
    await feed.append(42);
    expect(await take(follow({ afterSequence: 39 }), 3)).toEqual([40, 41, 42]);
  });
});
