import { expect, it } from "vitest";
import { ReadingWindow } from "./reading-window.ts";
import type { Read, Reading } from "./readings.ts";

const calls = (value: number): Read => ({ labels: { method: "A" }, value });
const reading = (seconds: number, value: number): Reading => ({
  at: seconds * 1_000,
  samples: new Map([["calls", [calls(value)]]]),
});

it("tells by how much a count has grown in the last minute", () => {
  const window = new ReadingWindow(reading(0, 0));
  for (let second = 5; second <= 120; second += 5) window.add(reading(second, second * 2));
  const growth = window.until(reading(122, 244));
  expect(growth.seconds).toBeGreaterThanOrEqual(60);
  expect(growth.seconds).toBeLessThan(66);
  expect(growth.of("calls", calls(244))).toBe(growth.seconds * 2);
});

it("goes back to the start of a server that has not run that long, and has all of what is new", () => {
  const window = new ReadingWindow(reading(0, 3));
  window.add(reading(10, 5));
  const growth = window.until(reading(10, 5));
  expect(growth.seconds).toBe(10);
  expect(growth.of("calls", calls(5))).toBe(2);
  expect(growth.of("calls", { labels: { method: "B" }, value: 4 })).toBe(4);
});
