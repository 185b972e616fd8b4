import { OutOfRange } from "../../../../domain/errors.ts";
import { MAX_EXPONENT } from "../limits.ts";
import { digitCount, divideRounded, magnitude, powerOfTen, scaleUp } from "./bigint-math.ts";
import type { Exact } from "./exact.ts";

/**
 * A number that is known to lie within (middle ± radius) × 10^exponent. Every operation widens the radius by all that
 * it may have lost, so what a ball says is true, and rounding can tell whether it has digits enough.
 */
export interface Ball {
  readonly kind: "ball";
  readonly middle: bigint;
  readonly radius: bigint;
  readonly exponent: number;
}

// The radius keeps so many digits; more would cost and tell nothing.
const RADIUS_DIGITS = 9;

/** The ball, with no more than `precision` digits. OutOfRange when it lies beyond the largest or smallest number. */
export function ball(middle: bigint, radius: bigint, exponent: number, precision: number): Ball {
  const drop = Math.max(digitCount(middle) - precision, digitCount(radius) - RADIUS_DIGITS);
  const result: Ball =
    drop <= 0
      ? { kind: "ball", middle, radius, exponent }
      : {
          kind: "ball",
          middle: middle / powerOfTen(drop),
          radius: radius / powerOfTen(drop) + 2n,
          exponent: exponent + drop,
        };
  const first = topOf(result) - 1;
  if (first > MAX_EXPONENT) throw new OutOfRange("the result is too large to hold");
  if (first < -MAX_EXPONENT && (result.middle !== 0n || result.radius !== 0n)) {
    throw new OutOfRange("the result is too small to hold");
  }
  return result;
}

/** The number to `precision` digits. */
export function ballFromExact({ numerator, denominator, exponent }: Exact, precision: number): Ball {
  if (denominator === 1n) return ball(numerator, 0n, exponent, precision);
  const shift = Math.max(0, precision + 1 - (digitCount(numerator) - digitCount(denominator)));
  return ball(divideRounded(numerator * powerOfTen(shift), denominator), 1n, exponent - shift, precision);
}

/** The exponent above that of the first digit that any number in the ball may have. */
export function topOf({ middle, radius, exponent }: Ball): number {
  return exponent + digitCount(magnitude(middle) + radius);
}

/** -1, 0 or 1 where all the numbers of the ball agree on it, else undefined. */
export function signOfBall({ middle, radius }: Ball): -1 | 0 | 1 | undefined {
  if (middle > radius) return 1;
  if (middle < -radius) return -1;
  return middle === 0n && radius === 0n ? 0 : undefined;
}

/** The negative. */
export function negateBall(value: Ball): Ball {
  return { ...value, middle: -value.middle };
}

/** The sum. */
export function addBalls(a: Ball, b: Ball, precision: number): Ball {
  const top = Math.max(topOf(a), topOf(b));
  const exponent = Math.max(Math.min(a.exponent, b.exponent), top - precision - 4);
  const [x, y] = [atExponent(a, exponent), atExponent(b, exponent)];
  return ball(x.middle + y.middle, x.radius + y.radius, exponent, precision);
}

/** The same ball or a little more, with this exponent. */
function atExponent({ middle, radius, exponent }: Ball, target: number): Ball {
  const shift = exponent - target;
  if (shift >= 0) {
    const scale = powerOfTen(shift);
    return { kind: "ball", middle: middle * scale, radius: radius * scale, exponent: target };
  }
  const gone = -shift > digitCount(middle);
  return {
    kind: "ball",
    middle: gone ? 0n : middle / powerOfTen(-shift),
    radius: scaleUp(radius, shift) + 1n,
    exponent: target,
  };
}

/** The product. */
export function multiplyBalls(a: Ball, b: Ball, precision: number): Ball {
  const radius = magnitude(a.middle) * b.radius + magnitude(b.middle) * a.radius + a.radius * b.radius;
  return ball(a.middle * b.middle, radius, a.exponent + b.exponent, precision);
}

/** The quotient. The divisor does not contain 0. */
export function divideBalls(a: Ball, b: Ball, precision: number): Ball {
  const divisor = magnitude(b.middle);
  const shift = Math.max(0, precision + 2 - (digitCount(a.middle) - digitCount(divisor)));
  const scale = powerOfTen(shift);
  const signed = b.middle < 0n ? -a.middle : a.middle;
  const lost = (magnitude(a.middle) * b.radius + divisor * a.radius) * scale;
  const radius = lost / (divisor * (divisor - b.radius)) + 2n;
  return ball((signed * scale) / divisor, radius, a.exponent - b.exponent - shift, precision);
}
