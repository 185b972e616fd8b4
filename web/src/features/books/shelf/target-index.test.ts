import { expect, it } from "vitest";
import { targetIndex } from "./target-index.ts";

// Rows of four: 0-3, 4-7, 8-10.
const shape = { count: 11, columns: 4, rowsOnPage: 2 };

it.each([
  ["ArrowRight", 3, 4],
  ["ArrowLeft", 4, 3],
  ["ArrowDown", 2, 6],
  ["ArrowDown", 7, 10],
  ["ArrowUp", 6, 2],
  ["PageDown", 1, 9],
  ["PageDown", 3, 10],
  ["PageUp", 9, 1],
  ["PageUp", 5, 1],
  ["Home", 9, 0],
  ["End", 0, 10],
])("%s leads from %i to %i", (key, from, to) => {
  expect(targetIndex(key, from, shape)).toBe(to);
});

it.each([
  ["ArrowRight", 10],
  ["ArrowLeft", 0],
  ["ArrowDown", 8],
  ["ArrowUp", 3],
  ["PageDown", 9],
  ["PageUp", 2],
  ["Home", 0],
  ["End", 10],
  ["a", 5],
])("%s leads nowhere from %i", (key, from) => {
  expect(targetIndex(key, from, shape)).toBeUndefined();
});
