import { expect, it } from "vitest";
import { LogReplaced, TooMuchWork } from "../../domain/errors.ts";
import { signalOfTest } from "../../testing/signal-of-test.ts";
import { createHub } from "./hub.ts";
import { createReaderFollowers } from "./reader-followers.ts";

function setUp() {
  let last = 4;
  let logId = "log";
  const unexpected = (): never => {
    throw new Error("followers only ask where the log stands");
  };
  const log = {
    logId: () => logId,
    readAfter: unexpected,
    lastSequence: () => last,
    oldestSequence: () => 1,
  };
  const followers = createReaderFollowers({ hub: createHub(), log, heartbeatMs: 2 ** 30 });
  const signal = signalOfTest();
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
  const replace = () => {
    logId = "another log";
    last = 1;
    return followers.replaced();
  };
  return { followers, follow, change, replace };
}

const position = (sequence: number) => ({ kind: "position", logId: "log", sequence, oldestSequence: 1 });

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

it("ends all followers when another history takes the place of the log, and knows none of its changes then", async () => {
  const { follow, change, replace } = setUp();
  const [waiting, busy] = [await follow(1), await follow(2)];
  change(2);
  const ended = expect(waiting()).rejects.toThrow(LogReplaced);
  await replace();
  await ended;
  await follow(2);
  await expect(busy()).rejects.toThrow(LogReplaced);
  const after = await follow(2);
  change(2);
  expect(await after()).toEqual({ kind: "changed", sequence: 2, bookId: 9 });
});

it("wakes thousands of followers", async () => {
  const { followers, follow } = setUp();
  const readers = await Promise.all(Array.from({ length: 2_000 }, (_, index) => follow(index + 1)));
  const updates = Promise.all(readers.map((next) => next()));
  await followers.refresh();
  expect(await updates).toEqual(readers.map(() => position(4)));
});

it("knows a reader as long as somebody follows it, and holds nothing afterwards", async () => {
  const hub = createHub();
  const log = {
    logId: () => "log",
    append: (): never => {
      throw new Error("followers only ask where the log stands");
    },
    readAfter: () => [],
    lastSequence: () => 0,
    oldestSequence: () => 0,
  };
  const followers = createReaderFollowers({ hub, log, heartbeatMs: 2 ** 30 });
  const left = new AbortController();
  const [first, second, other] = [1, 1, 2].map((userId) => followers.follow(userId, left.signal));
  await Promise.all([first?.next(), second?.next(), other?.next()]);
  expect([followers.readers, hub.waiters]).toEqual([2, 3]);
  await first?.return(undefined);
  expect([followers.readers, hub.waiters]).toEqual([2, 2]);
  const changed = second?.next();
  followers.changed({ sequence: 1, time: new Date(0), event: { userId: 1, bookId: 9, stars: 5, changesLike: true } });
  expect((await changed)?.value).toEqual({ kind: "changed", sequence: 1, bookId: 9 });
  await second?.return(undefined);
  expect([followers.readers, hub.waiters]).toEqual([1, 1]);
  const waiting = other?.next();
  left.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
  expect([followers.readers, hub.waiters]).toEqual([0, 0]);
});

it("wakes the followers of one reader in pieces, so that others come in between", async () => {
  const { follow, change } = setUp();
  const readers = await Promise.all(Array.from({ length: 100 }, () => follow(1)));
  let turn = 0;
  const woken = new Map<number, number>();
  const updates = readers.map(async (next) => {
    await next();
    woken.set(turn, (woken.get(turn) ?? 0) + 1);
  });
  const count = () => {
    turn++;
    immediate = setImmediate(count);
  };
  let immediate = setImmediate(count);
  change(1);
  await Promise.all(updates);
  clearImmediate(immediate);
  expect(Math.max(...woken.values())).toBeLessThanOrEqual(32);
});

it("lets no reader have more followers than a few hundred, and another once one has left", async () => {
  const { followers, follow } = setUp();
  const all = Array.from({ length: 256 }, () => followers.follow(1, signalOfTest()));
  await Promise.all(all.map((one) => one.next()));
  await expect(follow(1)).rejects.toThrow(TooMuchWork);
  await follow(2);
  await all[0]?.return(undefined);
  await follow(1);
});
