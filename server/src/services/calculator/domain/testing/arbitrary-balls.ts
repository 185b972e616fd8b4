import fc from "fast-check";
import type { Ball } from "../number/ball.ts";

/** A decimal, coefficient × 10^exponent. */
export interface Point {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** A ball and a number that lies in it. */
export interface Known {
  readonly ball: Ball;
  readonly point: Point;
}

/** How finely the places in a ball are drawn; the ends of it are among them. */
const PARTS = 1_000n;

/** Balls of up to so many digits with exponents from `least` to `most`, and a number in each. */
export function arbitraryKnown(digits: number, least: number, most: number): fc.Arbitrary<Known> {
  const limit = 10n ** BigInt(digits);
  const parts = fc.oneof(fc.constantFrom(-PARTS, PARTS), fc.bigInt({ min: -PARTS, max: PARTS }));
  return fc
    .record({
      middle: fc.bigInt({ min: -limit, max: limit }),
      radius: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n }), fc.bigInt({ min: 0n, max: 10n ** 9n })),
      exponent: fc.integer({ min: least, max: most }),
      part: parts,
    })
    .map(({ middle, radius, exponent, part }) => ({
      ball: { kind: "ball" as const, middle, radius, exponent },
      point: { coefficient: middle * PARTS + radius * part, exponent: exponent - 3 },
    }));
}

/** Whether numerator / denominator × 10^exponent lies in a ball; the denominator is above 0. */
export function isWithin(
  { middle, radius, exponent }: Ball,
  numerator: bigint,
  denominator: bigint,
  at: number,
): boolean {
  const least = Math.min(exponent, at);
  const [own, other] = [10n ** BigInt(exponent - least), 10n ** BigInt(at - least)];
  const distance = numerator * other - middle * own * denominator;
  return (distance < 0n ? -distance : distance) <= radius * own * denominator;
}
