import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { createBell } from "./bell.ts";

it("wakes all that wait when it is rung, and nobody later", async () => {
  const bell = createBell();
  const { signal } = new AbortController();
  const waiting = [bell.wait(signal), bell.wait(signal)];
  expect(bell.waiters).toBe(2);
  bell.ring();
  await Promise.all(waiting);
  expect(bell.waiters).toBe(0);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("rejects with the reason of a signal that is aborted, during a wait or before, and holds nothing then", async () => {
  const bell = createBell();
  const left = new AbortController();
  const waiting = bell.wait(left.signal);
  left.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
  await expect(bell.wait(left.signal)).rejects.toThrow("left");
  expect(bell.waiters).toBe(0);
  expect(getEventListeners(left.signal, "abort")).toEqual([]);
});
