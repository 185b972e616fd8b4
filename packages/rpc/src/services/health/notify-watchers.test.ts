import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createHealth } from "./health.ts";
import { notifyWatchers } from "./notify-watchers.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("resolves at once when nobody watches, and leaves no timer", async () => {
  const health = createHealth();
  await notifyWatchers(health);
  expect(health.obstacle).toBe("the server is shutting down");
  expect(vi.getTimerCount()).toBe(0);
});

it("does not wait longer than a moment for a watcher that reads nothing", async () => {
  const health = createHealth();
  const watching = health.watch("", new AbortController().signal)[Symbol.asyncIterator]();
  await watching.next();
  const notified = vi.fn<() => void>();
  const done = notifyWatchers(health).then(notified);
  await vi.advanceTimersByTimeAsync(499);
  expect(notified).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(notified).toHaveBeenCalledOnce();
});
