// @vitest-environment happy-dom

import { listenersOfPage } from "@triptych/testkit/page/listeners-of-page.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browserEnvironment } from "./browser-environment.ts";
import type { Cancel } from "./stream-environment.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each<[what: string, ask: (run: () => void) => Cancel, happen: () => void]>([
  ["a time", (run) => browserEnvironment.schedule(1_000, run), () => void vi.advanceTimersByTime(1_000)],
  ["a frame", browserEnvironment.onFrame, () => void vi.advanceTimersToNextFrame()],
  ["the network", browserEnvironment.onWake, () => void window.dispatchEvent(new Event("online"))],
  [
    "the page that is shown",
    browserEnvironment.onWake,
    () => void document.dispatchEvent(new Event("visibilitychange")),
  ],
])("asks the browser for %s, and for nothing once that is cancelled", (_what, ask, happen) => {
  const before = listenersOfPage();
  const run = vi.fn();
  const cancel = ask(run);
  happen();
  expect(run).toHaveBeenCalledTimes(1);
  cancel();
  cancel();
  const cancelled = vi.fn();
  ask(cancelled)();
  happen();
  expect([run, cancelled].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  expect(vi.getTimerCount()).toBe(0);
  expect(listenersOfPage()).toEqual(before);
});
