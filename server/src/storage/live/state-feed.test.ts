import { expect, it } from "vitest";
import { signalOfTest } from "../../testing/signal-of-test.ts";
import { createHub } from "./hub.ts";
import { createStateFeed } from "./state-feed.ts";

const never = { hub: createHub(), key: "state", heartbeatMs: 2 ** 30 };

function read<T>(values: AsyncIterable<T>) {
  const iterator = values[Symbol.asyncIterator]();
  return async () => (await iterator.next()).value as T;
}

it("tells a follower the value at once and then each change", async () => {
  const feed = createStateFeed(1, never);
  const next = read(feed.follow(signalOfTest()));
  expect(await next()).toBe(1);
  const second = next();
  feed.set(2);
  expect(await second).toBe(2);
});

it("lets a slow follower skip to the newest value", async () => {
  const feed = createStateFeed(1, never);
  const next = read(feed.follow(signalOfTest()));
  await next();
  for (const value of [2, 3, 4]) feed.set(value);
  expect(await next()).toBe(4);
});

it("tells the same value again as heartbeat", async () => {
  const feed = createStateFeed("quiet", { ...never, hub: createHub(), heartbeatMs: 1 });
  const next = read(feed.follow(signalOfTest()));
  expect(await next()).toBe("quiet");
  expect(await next()).toBe("quiet");
});

it("ends with the reason of its signal", async () => {
  const controller = new AbortController();
  const next = read(createStateFeed(1, never).follow(controller.signal));
  await next();
  const waiting = next();
  controller.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
});

it("holds nobody who has left, by returning or by the abort of the signal", async () => {
  const hub = createHub();
  const feed = createStateFeed(1, { ...never, hub });
  const left = new AbortController();
  const returning = feed.follow(left.signal)[Symbol.asyncIterator]();
  const aborted = feed.follow(left.signal)[Symbol.asyncIterator]();
  await Promise.all([returning.next(), aborted.next()]);
  expect(hub.waiters).toBe(2);
  await returning.return?.();
  expect(hub.waiters).toBe(1);
  const next = aborted.next();
  left.abort(new Error("left"));
  await expect(next).rejects.toThrow("left");
  expect(hub.waiters).toBe(0);
});
