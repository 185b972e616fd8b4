import { expect, it } from "vitest";
import { createHub } from "../live/hub.ts";
import { createReaderFollowers } from "./reader-followers.ts";

function setUp() {
  let last = 4;
  const unexpected = (): never => {
    throw new Error("followers only ask where the log stands");
  };
  const log = {
    append: unexpected,
    readAfter: unexpected,
    lastSequence: () => last,
    oldestSequence: () => 1,
  };
  const followers = createReaderFollowers({ hub: createHub(), log, heartbeatMs: 2 ** 30 });
  const signal = new AbortController().signal;
  const follow = async (userId: number) => {
    const updates = followers.follow(userId, signal);
    const next = async () => (await updates.next()).value;
    await next();
    return next;
  };
  const change = (userId: number) => {
    last++;
    const event = { userId, bookId: 9, stars: 5, changesLike: true };
    followers.changed({ sequence: last, time: new Date(0), event });
  };
  return { followers, follow, change };
}

const position = (sequence: number) => ({ kind: "position", sequence, oldestSequence: 1 });

it("gives a position to every follower when asked to, also to those who were busy then, and once", async () => {
  const { followers, follow, change } = setUp();
  const waiting = await Promise.all([1, 1, 2].map(follow));
  const busy = await follow(3);
  const updates = Promise.all(waiting.map((next) => next()));
  await followers.refresh();
  expect(await updates).toEqual([position(4), position(4), position(4)]);
  expect(await busy()).toEqual(position(4));
  const next = busy();
  change(3);
  expect(await next).toEqual({ kind: "changed", sequence: 5, bookId: 9 });
});

it("gives a change before a position, and both", async () => {
  const { followers, follow, change } = setUp();
  const next = await follow(1);
  await followers.refresh();
  change(1);
  expect(await next()).toEqual({ kind: "changed", sequence: 5, bookId: 9 });
  expect(await next()).toEqual(position(5));
});

it("wakes thousands of followers", async () => {
  const { followers, follow } = setUp();
  const readers = await Promise.all(Array.from({ length: 2_000 }, (_, index) => follow(index + 1)));
  const updates = Promise.all(readers.map((next) => next()));
  await followers.refresh();
  expect(await updates).toEqual(readers.map(() => position(4)));
});
