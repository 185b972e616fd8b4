import fc from "fast-check";
import { expect, it } from "vitest";
import { greatestCommonDivisor } from "./greatest-common-divisor.ts";

const number = fc.oneof(fc.bigInt(), fc.bigInt({ min: 0n, max: 2n ** 9_000n }), fc.constantFrom(0n, 1n, 2n ** 8_000n));

function euclid(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : euclid(b, a % b);
}

it("agrees with Euclid, also where it takes many of his steps at once", () => {
  fc.assert(
    fc.property(number, number, number, (a, b, common) => {
      expect(greatestCommonDivisor(a * common, b * common)).toBe(euclid(a * common, b * common));
    }),
  );
});
