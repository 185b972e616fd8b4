import { expect, it, vi } from "vitest";
import { readSpanClock } from "./span-clock.ts";

it("says of what is later that it is later, wherever the milliseconds turn over", () => {
  const unixNanos = readSpanClock();
  const start = performance.now();
  let before = unixNanos(start);
  for (let step = 1; step <= 200_000; step++) {
    const nanos = unixNanos(start + step * 0.000_137);
    if (nanos < before) expect(nanos, `step ${step}`).toBeGreaterThanOrEqual(before);
    before = nanos;
  }
  expect(Number(before - unixNanos(start)) / 1e6).toBeCloseTo(200_000 * 0.000_137, 5);
});

it("goes by the clock of the system", () => {
  const now = Number(readSpanClock()(performance.now()) / 1_000_000n);
  expect(Math.abs(now - Date.now())).toBeLessThan(1_000);
});

it("keeps its time where others have the processor while it is read", () => {
  const at = performance.now();
  const before = readSpanClock()(at);
  const clock = vi
    .spyOn(performance, "now")
    .mockReturnValueOnce(at)
    .mockReturnValueOnce(at + 1_000);
  const after = readSpanClock()(at);
  clock.mockRestore();
  expect(after).toBe(before);
});
