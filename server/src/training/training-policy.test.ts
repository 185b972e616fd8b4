import { expect, it } from "vitest";
import { createTrainingPolicy, TRAINING_POLICY } from "./training-policy.ts";

const { enoughChanges, restMs, retryMs } = TRAINING_POLICY;
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

it("few changes wait the longer the longer a training takes, from half a minute to an hour", () => {
  expect([0, 2_000, 5_000, 60_000, 600_000].map(restMs)).toEqual([30_000, 30_000, 55_000, 660_000, 3_600_000]);
});

it("how many changes are enough and how long others wait can be set", () => {
  const policy = createTrainingPolicy({ changedPercent: 10, intervalMs: 60_000 });
  expect(policy.enoughChanges({ ...data, source: "imported", likes: 1_000 })).toBe(100);
  expect(policy.restMs(50_000)).toBe(60_000);
});

it("however short the interval is set, a training does not take more of the time than it leaves", () => {
  expect(createTrainingPolicy({ changedPercent: 10, intervalMs: 60_000 }).restMs(600_000)).toBe(600_000);
});
