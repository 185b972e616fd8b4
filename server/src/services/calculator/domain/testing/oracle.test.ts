import { describe, expect, it } from "vitest";
import { decimalFromRational } from "./oracle.ts";

describe("decimalFromRational", () => {
  it.each<[string, bigint, bigint, bigint, number, boolean]>([
    ["1/3", 1n, 3n, 3_333n, -4, false],
    ["2/3", -2n, 3n, -6_667n, -4, false],
    ["1/8, which ends", 1n, 8n, 125n, -3, true],
    ["10^40/3, with more digits before the point", 10n ** 40n, 3n, 3_333n, 36, false],
    ["2 × 10^40/3, rounded up there", 2n * 10n ** 40n, 3n, 6_667n, 36, false],
    ["(10^40 - 1)/7", 10n ** 40n - 1n, 7n, 1_429n, 36, false],
    ["(3 × 10^9 - 1)/3, rounded to a power of ten", 3n * 10n ** 9n - 1n, 3n, 1n, 9, false],
    ["1/(3 × 10^40)", 1n, 3n * 10n ** 40n, 3_333n, -44, false],
    ["a whole number, however long", 12n * 10n ** 40n, 3n, 4n, 40, true],
    ["0", 0n, 7n, 0n, 0, true],
  ])("writes %s to four digits", (_, numerator, denominator, coefficient, exponent, exact) => {
    expect(decimalFromRational({ numerator, denominator }, 4)).toEqual({ coefficient, exponent, exact });
  });
});
