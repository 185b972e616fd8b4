import { describe, expect, it } from "vitest";
import { quantile, summarize } from "./statistics.ts";

describe("a summary", () => {
  it("has the middle and the bounds, whatever the order", () => {
    expect(summarize([9, 1, 10, 2, 3])).toEqual({ median: 3, min: 1, max: 10 });
  });

  it("takes the mean of the two in the middle of an even number", () => {
    expect(summarize([4, 1, 2, 100]).median).toBe(3);
  });

  it("needs a figure", () => {
    expect(() => summarize([])).toThrow(RangeError);
  });
});

describe("a quantile", () => {
  it("lies between its neighbours by their distance", () => {
    const figures = Array.from({ length: 101 }, (_, index) => index * 10);
    expect(quantile(figures, 0.99)).toBeCloseTo(990);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
  });
});
