import { expect, it } from "vitest";
import { createRecentlyShown } from "./recently-shown.ts";

const MINUTE = 60_000;
const list = (first: number, count = 100) => Array.from({ length: count }, (_, index) => first + index);

function setUp(followedReaders = () => 0) {
  const recent = createRecentlyShown(followedReaders);
  return (userId: number, bookIds: readonly number[], minutes = 0) =>
    recent.add(userId, bookIds, new Date(minutes * MINUTE));
}

it("has a list noted that holds a book which was not shown in the hour before", () => {
  const isNoted = setUp();
  expect(isNoted(1, [1, 2])).toBe(true);
  expect(isNoted(1, [2, 1], 59)).toBe(false);
  expect(isNoted(1, [2, 3], 59)).toBe(true);
  expect(isNoted(1, [3], 60)).toBe(false);
  expect(isNoted(1, [1], 60)).toBe(true);
});

it("knows of no book that the store may have forgotten since", () => {
  const isNoted = setUp();
  expect([1, 101, 201, 1].map((first) => isNoted(1, list(first)))).toEqual([true, true, true, true]);
  expect([1, 101].map((first) => isNoted(2, list(first)))).toEqual([true, true]);
  expect([1, 101].map((first) => isNoted(2, list(first)))).toEqual([false, false]);
});

it("knows all readers who are followed, and a thousand more", () => {
  let followed = 0;
  const isNoted = setUp(() => followed);
  const show = (readers: number) => list(1, readers).filter((userId) => isNoted(userId, [1])).length;
  expect([show(1_001), show(1_001)]).toEqual([1_001, 1_001]);
  followed = 500;
  expect([show(1_500), show(1_500)]).toEqual([500, 0]);
});
