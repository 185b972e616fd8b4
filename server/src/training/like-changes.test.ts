import { expect, it } from "vitest";
import { delay } from "../domain/delay.ts";
import { LogReplaced, StoreBusy } from "../domain/errors.ts";
import type { FeedStart, FeedUpdate } from "../domain/feed.ts";
import type { LoggedRatingChange } from "../services/recommendation/domain/rating-store.ts";
import { createInMemoryRatingStore } from "../services/recommendation/testing/in-memory-rating-store.ts";
import { countLikeChanges } from "./like-changes.ts";

/** A store with some changes, and a count of what comes after one of them. */
async function setUp(after: number | undefined, before: readonly (number | undefined)[] = []) {
  const store = createInMemoryRatingStore({ clock: () => new Date(0) });
  for (const stars of before) await store.change({ userId: 1, bookId: 1, stars });
  const stop = new AbortController();
  let heard = Promise.withResolvers<void>();
  const onChange = () => {
    heard.resolve();
    heard = Promise.withResolvers();
  };
  const changes = await countLikeChanges({ changes: store.changes, after, onChange, delay }, stop.signal);
  const rate = async (stars: number | undefined, bookId = 1) => {
    await store.change({ userId: 1, bookId, stars });
  };
  return { store, changes, stop, rate, heard: () => heard.promise };
}

it("counts likes given and taken back, and not what leaves a like as it is", async () => {
  const { changes, rate, heard } = await setUp(undefined);
  const given = heard();
  await rate(5);
  await given;
  expect(changes.since(0)).toBe(1);
  const takenBack = heard();
  await rate(4);
  await rate(1);
  await rate(2);
  await takenBack;
  const last = heard();
  await rate(4, 2);
  await last;
  expect(changes.since(0)).toBe(3);
  expect([changes.since(1), changes.since(3), changes.position]).toEqual([2, 1, 5]);
});

it("starts where it is told to, and now where the log does not have that", async () => {
  const before = [5, undefined, 5];
  const { changes, rate, heard } = await setUp(1, before);
  expect(changes.position).toBeLessThanOrEqual(3);
  const next = heard();
  await rate(undefined);
  await next;
  expect(changes.since(1)).toBeGreaterThan(0);
  expect((await setUp(9, before)).changes.position).toBe(3);
  expect((await setUp(undefined, before)).changes.position).toBe(3);
});

it("forgets what nobody asks for any more", async () => {
  const { changes, rate, heard } = await setUp(undefined);
  const given = heard();
  await rate(5);
  await given;
  expect(changes.since(1)).toBe(0);
  expect(changes.since(0)).toBe(0);
});

it("stops, and leaves the store, when it is told to", async () => {
  const { store, changes, stop } = await setUp(undefined);
  stop.abort();
  await changes.stopped;
  expect(store.following).toBe(0);
});

type Update = FeedUpdate<LoggedRatingChange>;

const position = (logId: string, sequence: number): Update => ({
  kind: "position",
  logId,
  sequence,
  oldestSequence: 1,
});
const like = (sequence: number): Update => ({
  kind: "event",
  sequence,
  time: new Date(0),
  event: { userId: 1, bookId: sequence, stars: 5, changesLike: true },
});

/** Counts in a log whose followers are given one list of updates after the other, each of which ends with what it fails with. */
async function countIn(...lists: readonly (readonly (Update | Error)[])[]) {
  const starts: FeedStart[] = [];
  const left = [...lists];
  const stop = new AbortController();
  let heard = 0;
  async function* follow(start: FeedStart, signal: AbortSignal): AsyncGenerator<Update> {
    starts.push(start);
    for (const update of left.shift() ?? []) {
      if (update instanceof Error) throw update;
      yield update;
    }
    stop.abort();
    signal.throwIfAborted();
  }
  const changes = await countLikeChanges(
    { changes: { follow }, after: 2, onChange: () => heard++, delay: async () => undefined },
    stop.signal,
  );
  await changes.stopped;
  return { starts, changes, heard: () => heard };
}

it("goes on behind the last change that it has counted when the store can answer again", async () => {
  const now = [position("a", 3)];
  const { starts, changes, heard } = await countIn(
    now,
    [like(3), new StoreBusy("busy")],
    [new StoreBusy("busy")],
    now,
    [like(4)],
  );
  expect(starts.at(-1)).toEqual({ afterSequence: 3, logId: "a" });
  expect([changes.since(2), changes.position, heard()]).toEqual([2, 4, 2]);
});

it("counts anew in the history that has taken the place of the log, from the change that was asked about", async () => {
  const { starts, changes } = await countIn(
    [position("a", 9)],
    [like(3), like(9), new LogReplaced("another")],
    [position("b", 5)],
    [like(5)],
  );
  expect(starts.at(-1)).toEqual({ afterSequence: 2, logId: "b" });
  expect([changes.since(2), changes.position]).toEqual([1, 5]);
});

it("counts from the end of another history that does not reach as far", async () => {
  const { starts } = await countIn([position("a", 9)], [new LogReplaced("another")], [position("b", 1)], []);
  expect(starts.at(-1)).toEqual({ afterSequence: 1, logId: "b" });
});
