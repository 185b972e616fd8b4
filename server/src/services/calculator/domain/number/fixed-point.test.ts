import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constants, exponential, logarithm } from "./fixed-point.ts";

const bits = 400;
// decimal.js is independent of this code; 160 digits are well more than 400 bits.
const Precise = Decimal.clone({ precision: 160, toExpPos: 1_000, toExpNeg: -1_000 });
const one = new Precise(2).pow(bits);
const fixed = (value: Decimal) => BigInt(value.times(one).toFixed(0));
const decimal = (value: bigint) => new Precise(value.toString()).div(one);
const distance = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

describe("fixed-point functions", () => {
  it("give the exponential to the last place", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 401n), max: 2n ** 401n }), (x) => {
        expect(distance(exponential(x, bits), fixed(decimal(x).exp()))).toBeLessThan(16n);
      }),
      { numRuns: 50 },
    );
  });

  it("give the logarithm to the last places", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 400n, max: 10n * 2n ** 400n }), (x) => {
        expect(distance(logarithm(x, bits), fixed(decimal(x).ln()))).toBeLessThan(16n);
      }),
      { numRuns: 50 },
    );
  });

  it("give the constants, with whatever precision came before", () => {
    constants.pi(1_000);
    expect(distance(constants.pi(bits), fixed(Precise.acos(-1)))).toBeLessThan(2n);
    expect(distance(constants.e(bits), fixed(new Precise(1).exp()))).toBeLessThan(2n);
    expect(distance(constants.ln10(bits), fixed(new Precise(10).ln()))).toBeLessThan(2n);
    expect(constants.pi(bits) >> 300n).toBe(constants.pi(100));
  });
});
