import { expect, it } from "vitest";
import { defaultSettings, intervals, intervalText, parseCount } from "./stream-settings.ts";

it("intervals go from 10 ms to a minute, and the default is one of them", () => {
  expect(intervals.at(0)).toBe(10);
  expect(intervals.at(-1)).toBe(60_000);
  expect(intervals).toEqual(intervals.toSorted((a, b) => a - b));
  expect(intervals).toContain(defaultSettings.intervalMs);
});

it("names an interval in the unit that people would use", () => {
  expect([10, 500, 1_000, 60_000].map(intervalText)).toEqual(["10 ms", "500 ms", "1 s", "60 s"]);
});

it.each([
  ["", 0],
  ["0", 0],
  [" 025 ", 25],
  ["1,000", 1_000],
  ["2147483647", 2_147_483_647],
  ["2147483648", undefined],
  ["abc", undefined],
  ["1.5", undefined],
  ["1,5", undefined],
  ["-3", undefined],
])("reads the count %j as %s", (text, count) => {
  expect(parseCount(text)).toBe(count);
});
