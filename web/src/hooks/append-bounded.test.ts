import { expect, it } from "vitest";
import { appendBounded } from "./append-bounded.ts";

it("appends while there is room", () => {
  expect(appendBounded([1], [2, 3], 5)).toEqual([1, 2, 3]);
});

it("drops the oldest when there is none", () => {
  expect(appendBounded([1, 2], [3, 4], 3)).toEqual([2, 3, 4]);
});

it("keeps the end of a batch larger than the limit", () => {
  expect(appendBounded([1], [2, 3, 4, 5], 2)).toEqual([4, 5]);
});

it("gives the same array back for an empty batch", () => {
  const items = [1];
  expect(appendBounded(items, [], 5)).toBe(items);
});
