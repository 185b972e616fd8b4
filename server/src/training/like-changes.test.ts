import { expect, it } from "vitest";
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
  const changes = await countLikeChanges({ changes: store.changes, after, onChange }, stop.signal);
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
