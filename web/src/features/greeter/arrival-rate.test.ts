import { expect, it } from "vitest";
import { arrivalRate, rateText } from "./arrival-rate.ts";

it("there is no rate before two things have come at different times", () => {
  expect([[], [5], [5, 5]].map(arrivalRate)).toEqual([undefined, undefined, undefined]);
});

it("measures the last five seconds", () => {
  expect(arrivalRate([0, 10, 20, 30])).toBe(100);
  expect(arrivalRate([0, 1, 2, 3, 10_000, 12_000, 14_000])).toBe(0.5);
});

it("measures between the last two where these lie further apart", () => {
  expect(arrivalRate([0, 1, 60_001])).toBeCloseTo(1 / 60);
});

it("is written with as many digits as say something", () => {
  expect([98.4, 10, 4.04, 0.1, 1 / 60].map(rateText)).toEqual(["98", "10", "4.0", "0.10", "0.02"]);
});
