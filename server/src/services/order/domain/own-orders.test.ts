import { setImmediate } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import type { FeedUpdate } from "../../../domain/feed.ts";
import type { Order } from "./order.ts";
import { ownFeed } from "./own-orders.ts";

const alice = { id: "key:alice", isAdmin: false };
const { signal } = new AbortController();

function orderOf(owner: string, sequence: number): FeedUpdate<Order> {
  const time = new Date(0);
  const event = { id: `order-${sequence}`, owner, items: [], phone: "1", attributes: {}, price: "", time };
  return { kind: "event", sequence, time, event };
}

const position = (sequence: number): FeedUpdate<Order> => ({
  kind: "position",
  logId: "log",
  sequence,
  oldestSequence: 1,
});

/** The updates that alice, or another, gets of those of a feed, one of which comes every `step` milliseconds. */
function seenOf(
  updates: readonly FeedUpdate<Order>[],
  { caller = alice, step = 0, yieldToEventLoop = async () => {} } = {},
) {
  let now = 0;
  const feed = {
    async *follow() {
      for (const update of updates) {
        yield update;
        now += step;
      }
    },
  };
  return ownFeed(feed, caller, { now: () => now, yieldToEventLoop }).follow({}, signal);
}

const describeUpdate = (update: FeedUpdate<Order>) => `${update.kind} ${update.sequence}`;
const describeAll = async (updates: AsyncIterable<FeedUpdate<Order>>) =>
  (await Array.fromAsync(updates)).map(describeUpdate);

it("brings one's own orders, and none of others", async () => {
  const updates = [position(0), orderOf("key:alice", 1), orderOf("key:bob", 2), orderOf("key:alice", 3)];
  expect(await describeAll(seenOf(updates))).toEqual(["position 0", "event 1", "event 3"]);
});

it("says where the feed stands once a second while orders of others pass", async () => {
  const others = [1, 2, 3, 4, 5, 6, 7, 8].map((sequence) => orderOf("key:bob", sequence));
  expect(await describeAll(seenOf([position(0), ...others], { step: 300 }))).toEqual([
    "position 0",
    "position 4",
    "position 8",
  ]);
});

it("passes on every heartbeat", async () => {
  expect(await describeAll(seenOf([position(0), position(0), position(0)]))).toHaveLength(3);
});

it("lets others have their turn while it passes a long history of others", async () => {
  const history = Array.from({ length: 1_000 }, (_, index) => orderOf("key:bob", index + 1));
  const yieldToEventLoop = vi.fn(() => setImmediate());
  const updates = seenOf([...history, orderOf("key:alice", 1_001)], { yieldToEventLoop });
  expect(await describeAll(updates)).toEqual(["event 1001"]);
  expect(yieldToEventLoop).toHaveBeenCalledTimes(7);
});

it("shows anybody the feed itself where nobody is asked", () => {
  const feed = { follow: vi.fn() };
  const dependencies = { now: () => 0, yieldToEventLoop: async () => {} };
  expect(ownFeed(feed, "anybody", dependencies)).toBe(feed);
});

it("shows an admin all of it, with those of others as they are and their own marked", async () => {
  const updates = [position(0), orderOf("key:root", 1), orderOf("key:bob", 2)];
  const seen = await Array.fromAsync(seenOf(updates, { caller: { id: "key:root", isAdmin: true } }));
  expect(seen).toHaveLength(3);
  expect(seen[0]).toBe(updates[0]);
  expect(seen[1]).toMatchObject({ event: { id: "order-1", isOwn: true } });
  expect(seen[2]).toBe(updates[2]);
});
