import { expect, it } from "vitest";
import { mostPairs } from "../model/co-counts.ts";
import { bytesToTrain } from "./training-memory.ts";

it("has room for all pairs that a training may keep, however spread the likes of its readers are", () => {
  const [books, likes] = [300_000, 6_000_000];
  expect(bytesToTrain(books, likes) - bytesToTrain(books, 0)).toBeGreaterThan(8 * mostPairs(likes));
});

it("has room for the likes in both directions and three copies of all weights, which what keeps models up to date has", () => {
  // Without a pair: of one book.
  const [books, likes] = [1, 1_000_000];
  expect(bytesToTrain(books, likes) - bytesToTrain(books, 0)).toBeGreaterThanOrEqual((40 + 20) * likes);
  expect(bytesToTrain(1_000, 0) - bytesToTrain(0, 0)).toBeGreaterThanOrEqual((1_500 + 3 * 60 * 8) * 1_000);
});

it("asks for no more pairs than there are books for", () => {
  expect(bytesToTrain(100, 1_000_000) - bytesToTrain(0, 1_000_000)).toBeLessThan(1_000_000);
});
