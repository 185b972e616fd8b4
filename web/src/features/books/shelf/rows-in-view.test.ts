import fc from "fast-check";
import { expect, it } from "vitest";
import { rowsInView } from "./rows-in-view.ts";

const place = { rows: 1_000, rowHeight: 100, windowHeight: 800 };

it.each([
  ["at the top", 0, { first: 0, end: 10 }],
  ["below a heading", 250, { first: 0, end: 8 }],
  ["in the middle", -50_050, { first: 498, end: 511 }],
  ["at the end", -99_200, { first: 990, end: 1_000 }],
  ["scrolled past", -200_000, { first: 998, end: 1_000 }],
  ["not yet reached", 5_000, { first: 0, end: 2 }],
])("gives the rows of a list %s", (_name, top, expected) => {
  expect(rowsInView({ ...place, top })).toEqual(expected);
});

it("gives none of a list without rows", () => {
  expect(rowsInView({ ...place, rows: 0, top: 0 })).toEqual({ first: 0, end: 0 });
});

it("gives every row that is in the window, and few that are not", () => {
  const places = fc.record({
    rows: fc.integer({ min: 1, max: 10_000 }),
    rowHeight: fc.integer({ min: 20, max: 600 }),
    top: fc.integer({ min: -6_000_000, max: 10_000 }),
    windowHeight: fc.integer({ min: 100, max: 3_000 }),
  });
  fc.assert(
    fc.property(places, (one) => {
      const { first, end } = rowsInView(one);
      const begins = (row: number) => one.top + row * one.rowHeight;
      const missed =
        (first > 0 && first < one.rows - 2 && begins(first) > 0) ||
        (end < one.rows && end > 2 && begins(end) < one.windowHeight);
      return (
        first >= 0 && end <= one.rows && first < end && !missed && end - first <= one.windowHeight / one.rowHeight + 6
      );
    }),
  );
});
