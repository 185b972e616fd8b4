import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Sweeper } from "./sweeper.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("has a timer while there is something to sweep, and each time that there is something again", () => {
  const sweeper = new Sweeper({ now: () => 7, intervalMs: 1_000 });
  const swept = { sweep: vi.fn() };
  for (let times = 1; times <= 2; times++) {
    sweeper.add(swept);
    vi.advanceTimersByTime(1_000);
    expect(swept.sweep).toHaveBeenCalledTimes(times);
    sweeper.delete(swept);
    expect(vi.getTimerCount()).toBe(0);
  }
});
