import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, OutOfRange } from "../../../../domain/errors.ts";
import { outcomeOf } from "../testing/evaluate-now.ts";
import { RunningFigures } from "./figures.ts";

function figuresOf(...numbers: number[]) {
  const running = new RunningFigures();
  for (const number of numbers) running.add(number);
  return running.figures();
}

describe("the figures", () => {
  it.each([
    [[], { count: 0, sum: 0 }],
    [[0.1, 0.2], { count: 2, sum: 0.3, mean: 0.15, min: 0.1, max: 0.2 }],
    [[-1, 5, 3], { count: 3, sum: 7, mean: 7 / 3, min: -1, max: 5 }],
    [[1e308, 1e308, -1e308], { count: 3, sum: 1e308, mean: 1e308 / 3, min: -1e308, max: 1e308 }],
    [[1e16, 1, -1e16], { count: 3, sum: 1, mean: 1 / 3, min: -1e16, max: 1e16 }],
    [[5e-324, 5e-324], { count: 2, sum: 1e-323, mean: 5e-324, min: 5e-324, max: 5e-324 }],
    [[-0], { count: 1, sum: 0, mean: 0, min: -0, max: -0 }],
    [[1e21, 1e-7], { count: 2, sum: 1e21, mean: 5e20, min: 1e-7, max: 1e21 }],
  ])("of %j", (numbers, expected) => {
    expect(figuresOf(...numbers)).toEqual(expected);
  });

  it("of one number are that number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        fc.pre(!Object.is(number, -0));
        expect(figuresOf(number)).toEqual({ count: 1, sum: number, mean: number, min: number, max: number });
      }),
    );
  });

  it("do not depend on the order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), { minLength: 1 }), (numbers) => {
        fc.pre(!numbers.some((number) => Object.is(number, -0)));
        expect(figuresOf(...numbers.toReversed())).toEqual(figuresOf(...numbers));
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuse %d", (number) => {
    const error = outcomeOf(() => figuresOf(number));
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({
      violations: [{ field: "number", description: `must be a finite number: got ${number}` }],
    });
  });

  it("refuse a sum outside the range of a double, and only while it is", () => {
    const running = new RunningFigures();
    running.add(1e308);
    running.add(1e308);
    expect(outcomeOf(() => running.figures())).toBeInstanceOf(OutOfRange);
    running.add(-1e308);
    expect(running.figures().sum).toBe(1e308);
  });
});
