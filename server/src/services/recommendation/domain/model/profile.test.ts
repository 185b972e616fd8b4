import { expect, it } from "vitest";
import { profileOfLikes, weightOfStars } from "./profile.ts";

it("stars count as the reader means them, and fewer than three against what is like the book", () => {
  expect([1, 2, 3, 4, 5].map(weightOfStars)).toEqual([-1, -1, 0.5, 1, 1]);
});

it("likes alone count 1 each", () => {
  expect(profileOfLikes(Uint32Array.of(4, 7))).toEqual({ books: Uint32Array.of(4, 7), weights: Float64Array.of(1, 1) });
});
