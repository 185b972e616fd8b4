import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { createNotifier } from "./notifier.ts";

it("wakes all that wait when it notifies, and nothing that waits later", async () => {
  const notifier = createNotifier();
  const { signal } = new AbortController();
  const waiting = [notifier.wait(signal), notifier.wait(signal)];
  expect(notifier.waiters).toBe(2);
  notifier.notify();
  await Promise.all(waiting);
  expect(notifier.waiters).toBe(0);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("rejects with the reason of a signal that is aborted, during a wait or before, and holds nothing then", async () => {
  const notifier = createNotifier();
  const left = new AbortController();
  const waiting = notifier.wait(left.signal);
  left.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
  await expect(notifier.wait(left.signal)).rejects.toThrow("left");
  expect(notifier.waiters).toBe(0);
  expect(getEventListeners(left.signal, "abort")).toEqual([]);
});
