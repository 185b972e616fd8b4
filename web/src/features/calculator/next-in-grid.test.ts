import { expect, it } from "vitest";
import { nextInGrid } from "./next-in-grid.ts";

// 0 1 2
// 3 4 5
// 6 7
it.each([
  ["ArrowRight", 3, 4],
  ["ArrowRight", 5, 5],
  ["ArrowRight", 7, 7],
  ["ArrowLeft", 4, 3],
  ["ArrowLeft", 3, 3],
  ["ArrowDown", 1, 4],
  ["ArrowDown", 5, 5],
  ["ArrowUp", 4, 1],
  ["ArrowUp", 1, 1],
  ["Home", 5, 3],
  ["End", 3, 5],
  ["End", 6, 7],
  ["Tab", 3, undefined],
])("%s leads from %i to %s", (key, from, to) => {
  expect(nextInGrid(key, from, 3, 8)).toBe(to);
});
