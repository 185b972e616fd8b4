import fc from "fast-check";
import { expect, it } from "vitest";
import { bitLength, digitCount, divideFloor, divideRounded, powerModulo, powerOfTen, scaleUp } from "./bigint-math.ts";

const size = fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: 10n ** 400n }));

it("counts digits", () => {
  fc.assert(
    fc.property(size, (n) => {
      expect(digitCount(n)).toBe(String(n).length);
      expect(digitCount(-n)).toBe(String(n).length);
      expect(bitLength(n + 1n)).toBe((n + 1n).toString(2).length);
    }),
  );
  expect(bitLength(0n)).toBe(0);
  expect([digitCount(10n ** 50n), digitCount(10n ** 50n - 1n)]).toEqual([51, 50]);
});

it("rounds quotients: to the nearest with halves away from zero, or down", () => {
  expect([5n, 4n, -5n, -4n, 15n].map((n) => divideRounded(n, 10n))).toEqual([1n, 0n, -1n, -0n, 2n]);
  expect([1n, 2n, -1n, -2n].map((n) => divideRounded(n, 3n))).toEqual([0n, 1n, 0n, -1n]);
  expect([7n, -7n, -6n, 0n].map((n) => divideFloor(n, 3n))).toEqual([2n, -3n, -2n, 0n]);
});

it("scales up, and knows by sight what is less than one", () => {
  expect([scaleUp(5n, 2), scaleUp(0n, -5), scaleUp(5n, -1e9), scaleUp(123n, -2)]).toEqual([500n, 0n, 1n, 2n]);
});

it("raises to powers modulo a number", () => {
  expect(powerModulo(10n, 100_000, 7n)).toBe(4n);
  expect(powerModulo(10n, 3, 1n)).toBe(0n);
  expect(powerOfTen(5_000)).toBe(10n ** 5_000n);
});
