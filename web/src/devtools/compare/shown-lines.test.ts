import { expect, it } from "vitest";
import type { ComparedLine } from "./compared-lines.ts";
import { shownLines } from "./shown-lines.ts";

const equal = (count: number): ComparedLine[] =>
  Array.from({ length: count }, (_, index) => ({ first: `${index}`, second: `${index}`, differs: false }));
const different = (count: number): ComparedLine[] =>
  Array.from({ length: count }, (_, index) => ({ first: `${index}`, second: undefined, differs: true }));

it("shows a short text whole", () => {
  const lines = [...equal(39), ...different(3), ...equal(2)];
  expect(shownLines(lines)).toEqual({ lines, leftOut: 0 });
});

it("folds equal lines, except for those beside what differs", () => {
  const [change] = different(1);
  const { lines, leftOut } = shownLines([...equal(65_000), ...different(1), ...equal(65_000)]);
  const fold = [...equal(10), { folded: 64_980 }, ...equal(65_000).slice(-10)];
  expect(lines).toEqual([...fold, change, ...fold]);
  expect(leftOut).toBe(0);
});

it("leaves out what is too much, and counts it", () => {
  const { lines, leftOut } = shownLines([...different(65_000), ...equal(100)]);
  expect(lines).toEqual(different(500));
  expect(leftOut).toBe(64_600);
});
