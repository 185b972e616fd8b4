import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { countAge } from "./connection-age.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function count(random: number) {
  const done: string[] = [];
  const stop = countAge(
    { ageMs: 1_000, graceMs: 100, random: () => random },
    { leave: () => done.push("left"), endStreams: () => done.push("ended"), cut: () => done.push("cut") },
  );
  return { done, stop };
}

it("has a connection left, its streams ended after the grace, and it cut after as long again", () => {
  const { done } = count(0.5);
  for (const [after, so] of [
    [999, []],
    [1, ["left"]],
    [99, ["left"]],
    [1, ["left", "ended"]],
    [100, ["left", "ended", "cut"]],
  ] as const) {
    vi.advanceTimersByTime(after);
    expect(done).toEqual(so);
  }
});

it.each([
  [0, 900],
  [1, 1_100],
])("differs by up to a tenth: with %d it is %d ms", (random, age) => {
  const { done } = count(random);
  vi.advanceTimersByTime(age - 1);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(["left"]);
});

it("is counted no more once it is stopped", () => {
  const { done, stop } = count(0.5);
  vi.advanceTimersByTime(1_000);
  stop();
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual(["left"]);
});
