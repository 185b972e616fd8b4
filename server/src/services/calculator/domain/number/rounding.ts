import { MAX_DIGITS, MAX_EXACT_BITS, MAX_PRECISION } from "../limits.ts";
import { absolute, add, divide, isZero, multiply, negate, shiftPoint, subtract } from "./arithmetic.ts";
import { type Ball, topOf } from "./ball.ts";
import { bitLength, digitCount, divideFloor, magnitude, powerModulo, powerOfTen } from "./bigint-math.ts";
import { exactCost } from "./costs.ts";
import { type Exact, exactDecimal, exactInteger, exactQuotient, leadingExponent, smallInteger, zero } from "./exact.ts";
import { Undecided } from "./undecided.ts";
import { UndefinedResult } from "./undefined-result.ts";
import { type Context, isSettled, signOf, toBall, type Value } from "./value.ts";

/** The largest whole number that is not above a. */
export function floor(a: Value, context: Context): Value {
  context.meter.spend(exactCost(2 * MAX_EXACT_BITS * Math.min(1, context.precision / MAX_PRECISION)));
  if (a.kind === "ball") return floorBall(a, context);
  return floorExact(a) ?? floorBall(toBall(a, context), context);
}

/** The smallest whole number that is not below a. */
export function ceil(a: Value, context: Context): Value {
  return negate(floor(negate(a), context));
}

/**
 * a rounded to so many decimal places, 0 when not given, halves away from zero. UndefinedResult when `places` is not a
 * whole number from -1,000 to 1,000; below 0 it rounds to tens, hundreds and so on.
 */
export function round(a: Value, places: Value | undefined, context: Context): Value {
  const shift = places === undefined ? 0 : placesFrom(places, context);
  const scaled = shiftPoint(absolute(a), shift);
  const half = exactDecimal(5n, -1);
  const rounded = shiftPoint(floor(add(scaled, half, context), context), -shift);
  return isNegative(a) ? negate(rounded) : rounded;
}

/**
 * What is left of a when b is taken from it a whole number of times: a - b × floor(a / b). It has the sign of b, as in
 * mathematics: -7 % 3 is 2. UndefinedResult when b is 0.
 */
export function remainder(a: Value, b: Value, context: Context): Value {
  if (signOf(b, context) === 0) throw new UndefinedResult("must not divide by zero");
  if (isZero(a)) return zero;
  if (a.kind === "exact" && b.kind === "exact") {
    const exact = remainderExact(a, b, context);
    if (exact !== undefined) return exact;
  }
  const times = floor(divide(a, b, context), context);
  if (times.kind === "ball") throw new Undecided();
  return subtract(a, multiply(b, times, context), context);
}

/** The whole number that a is, or cannot be told from when the context is final; undefined where there is none. */
export function wholeNumber(a: Value, context: Context): Exact | undefined {
  if (a.kind === "exact") return a.denominator === 1n && a.exponent >= 0 ? a : undefined;
  if (a.exponent >= 0) throw new Undecided();
  const high = floorOf(a.middle + a.radius, a.exponent);
  // The lower end itself may be whole.
  if (floorOf(a.middle - a.radius - 1n, a.exponent) === high) return undefined;
  if (isSettled(a, context)) return exactInteger(high);
  throw new Undecided();
}

function placesFrom(places: Value, context: Context): number {
  const whole = wholeNumber(places, context);
  const count = whole && smallInteger(whole);
  if (count !== undefined && Math.abs(count) <= MAX_DIGITS) return count;
  throw new UndefinedResult("rounds to a whole number of digits from -1,000 to 1,000", places);
}

function isNegative(a: Value): boolean {
  return a.kind === "exact" ? a.numerator < 0n : a.middle < 0n;
}

function floorExact(a: Exact): Exact | undefined {
  if (a.denominator === 1n && a.exponent >= 0) return a;
  if (leadingExponent(a) < -1) return exactInteger(a.numerator < 0n ? -1 : 0);
  if (a.exponent * Math.log2(10) > MAX_EXACT_BITS) return undefined;
  const up = powerOfTen(Math.max(0, a.exponent));
  const down = powerOfTen(Math.max(0, -a.exponent));
  return exactInteger(divideFloor(a.numerator * up, a.denominator * down));
}

function floorBall(a: Ball, context: Context): Value {
  const tooWide = topOf(a) > MAX_PRECISION;
  if (a.exponent >= 0) {
    if (a.radius === 0n) return exactDecimal(a.middle, a.exponent);
    // So large that the whole numbers around it are closer than its digits.
    if (tooWide) return { ...a, radius: a.radius + 1n };
    throw new Undecided();
  }
  const low = floorOf(a.middle - a.radius, a.exponent);
  const high = floorOf(a.middle + a.radius, a.exponent);
  if (low === high || isSettled(a, context)) return exactInteger(high);
  if (tooWide) return { ...a, radius: a.radius + powerOfTen(-a.exponent) };
  throw new Undecided();
}

function floorOf(coefficient: bigint, exponent: number): bigint {
  if (-exponent > digitCount(coefficient)) return coefficient < 0n ? -1n : 0n;
  return divideFloor(coefficient, powerOfTen(-exponent));
}

function remainderExact(a: Exact, b: Exact, context: Context): Exact | undefined {
  const gap = a.exponent - b.exponent;
  if (gap < 0 && leadingExponent(a) < leadingExponent(b) - 2) {
    return a.numerator > 0n === b.numerator > 0n ? a : undefined;
  }
  const modulus = magnitude(b.numerator) * a.denominator * powerOfTen(Math.max(0, -gap));
  const bits = bitLength(modulus) + bitLength(a.numerator) + bitLength(b.denominator);
  if (bits > 2.5 * MAX_EXACT_BITS) return undefined;
  context.meter.spend(exactCost(bits) * (2 + Math.log2(1 + Math.max(0, gap)) / 8));
  const dividend = a.numerator * b.denominator * (gap > 0 ? powerModulo(10n, gap, modulus) : 1n);
  const rest = ((dividend % modulus) + modulus) % modulus;
  const signed = b.numerator < 0n && rest !== 0n ? rest - modulus : rest;
  return exactQuotient(signed, a.denominator * b.denominator, Math.min(a.exponent, b.exponent));
}
