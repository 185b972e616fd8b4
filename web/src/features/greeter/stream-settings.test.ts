import { expect, test } from "vitest";
import { defaultSettings, intervals, intervalText, parseCount } from "./stream-settings.ts";

test("intervals go from 10 ms to a minute, and the default is one of them", () => {
  expect(intervals.at(0)).toBe(10);
  expect(intervals.at(-1)).toBe(60_000);
  expect(intervals).toEqual(intervals.toSorted((a, b) => a - b));
  expect(intervals).toContain(defaultSettings.intervalMs);
});

test("names an interval in the unit that people would use", () => {
  expect([10, 500, 1_000, 60_000].map(intervalText)).toEqual(["10 ms", "500 ms", "1 s", "60 s"]);
});

test("reads the digits of a count and keeps it within what a request can carry", () => {
  expect(["", "abc", "-", "0", "025", "1,000", "-3", "99999999999"].map(parseCount)).toEqual([
    undefined,
    undefined,
    undefined,
    0,
    25,
    1_000,
    3,
    2_147_483_647,
  ]);
});
