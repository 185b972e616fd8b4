import { expect, it } from "vitest";
import { TRAINING_POLICY } from "./training-policy.ts";

const { enoughChanges, retryMs } = TRAINING_POLICY;
const data = { books: 1, readers: 1, sampleReaders: 0 };

it.each([
  ["built-in", 14_426, 5],
  ["imported", 100, 20],
  ["imported", 2_001, 21],
  ["imported", 1_072_954, 10_730],
] as const)("with %s data of %i likes, %i changes are enough", (source, likes, enough) => {
  expect(enoughChanges({ ...data, source, likes })).toBe(enough);
});

it("the pause after failures doubles, up to an hour", () => {
  expect([1, 2, 3, 9, 10, 1_000_000].map(retryMs)).toEqual([10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000]);
});
