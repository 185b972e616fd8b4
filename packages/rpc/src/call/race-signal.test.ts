import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { raceSignal } from "./race-signal.ts";

it.each([
  ["resolved", () => Promise.resolve("done")],
  ["rejected", () => Promise.reject(new Error("failed"))],
])("leaves no listener once its promise is %s", async (_how, settle) => {
  const { signal } = new AbortController();
  await Promise.allSettled([raceSignal(settle(), signal)]);
  // The listener is removed after the wait.
  await new Promise(setImmediate);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
