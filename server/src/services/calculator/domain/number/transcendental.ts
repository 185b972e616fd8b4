import { OutOfRange } from "../../../../domain/errors.ts";
import { divide } from "./arithmetic.ts";
import { type Ball, ball, topOf } from "./ball.ts";
import { digitCount, divideFloor, magnitude, powerOfTen, scaleUp } from "./bigint-math.ts";
import { ballCost, cancelCost, seriesCost } from "./costs.ts";
import { type Exact, exactInteger, exactQuotient, sizeOf, zero } from "./exact.ts";
import { constants, exponential, logarithm } from "./fixed-point.ts";
import { exactRoot, integerRoot } from "./integer-root.ts";
import { Undecided } from "./undecided.ts";
import { UndefinedResult } from "./undefined-result.ts";
import { type Context, signOf, toBall, type Value } from "./value.ts";

/** The constant to the digits of the context. */
export function constant(name: "pi" | "e", context: Context): Ball {
  context.meter.spend(ballCost(context.precision));
  return fromFixedPoint(constants[name](fractionBits(context)), 2n, context);
}

/** The square root, exact where that is rational. UndefinedResult below 0. */
export function squareRoot(a: Value, context: Context): Value {
  if (signOf(a, context) < 0) throw new UndefinedResult("takes a number of at least 0", a);
  if (a.kind === "exact") {
    const exact = exactRootOf(a, 2, context);
    if (exact !== undefined) return exact;
  }
  context.meter.spend(4 * ballCost(context.precision));
  const { middle, radius, exponent } = toBall(a, context);
  const wanted = Math.max(0, 2 * context.precision + 4 - digitCount(middle));
  const shift = wanted + (Math.abs(exponent - wanted) % 2);
  const scale = powerOfTen(shift);
  if (middle <= radius) {
    // Only in a final context: not to be told from 0.
    return ball(0n, integerRoot((middle + radius) * scale, 2) + 1n, (exponent - shift) / 2, context.precision);
  }
  const root = integerRoot(middle * scale, 2);
  return ball(root, (radius * scale) / root + 2n, (exponent - shift) / 2, context.precision);
}

/** The root of that degree of a number of at least 0, where it is rational and small enough to hold. */
export function exactRootOf(a: Exact, degree: number, context: Context): Exact | undefined {
  if (a.numerator === 0n) return zero;
  context.meter.spend(cancelCost(sizeOf(a)) / 4);
  const odd = ((a.exponent % degree) + degree) % degree;
  const denominator = exactRoot(a.denominator, degree);
  if (denominator === undefined) return undefined;
  const numerator = exactRoot(a.numerator * powerOfTen(odd), degree);
  if (numerator === undefined) return undefined;
  return exactQuotient(numerator, denominator, (a.exponent - odd) / degree);
}

/** e^a. OutOfRange when that is too large or too small to hold. */
export function naturalExponential(a: Value, context: Context): Value {
  if (a.kind === "exact" && a.numerator === 0n) return exactInteger(1);
  context.meter.spend(seriesCost(context.precision));
  const x = toBall(a, context);
  // 10^10 is beyond the exponent of every number that is held.
  if (topOf(x) > 11 && magnitude(x.middle) > 2n * x.radius) {
    throw new OutOfRange(`the result is too ${x.middle > 0n ? "large" : "small"} to hold`);
  }
  // Within half a unit around x the exponential is within twice the relative distance.
  if (topOf({ ...x, middle: 0n }) > -1 && x.radius !== 0n) throw new Undecided();
  const bits = fractionBits(context);
  const fixed = toFixedPoint(x, bits);
  const ln10 = constants.ln10(bits);
  const tens = divideFloor(fixed, ln10);
  const mantissa = fromFixedPoint(exponential(fixed - tens * ln10, bits), 4n, context);
  const lost = scaleUp(2n * mantissa.middle * x.radius, x.exponent);
  return ball(mantissa.middle, mantissa.radius + lost, mantissa.exponent + Number(tens), context.precision);
}

/** The natural logarithm. UndefinedResult for 0 and below. */
export function naturalLogarithm(a: Value, context: Context): Value {
  if (signOf(a, context) <= 0) throw new UndefinedResult("takes a number above 0", a);
  if (isOne(a)) return zero;
  context.meter.spend(seriesCost(context.precision));
  const { middle, radius, exponent } = toBall(a, context);
  const bits = fractionBits(context);
  const digits = digitCount(middle) - 1;
  const mantissa = (middle << BigInt(bits)) / powerOfTen(digits);
  const fixed = logarithm(mantissa, bits) + BigInt(exponent + digits) * constants.ln10(bits);
  const result = fromFixedPoint(fixed, 2n, context);
  // The derivative is 1/x, largest at the lower end of the ball.
  const lost = radius === 0n ? 0n : (radius * powerOfTen(-result.exponent)) / (middle - radius) + 1n;
  return ball(result.middle, result.radius + lost, result.exponent, context.precision);
}

/** The logarithm to base 10, exact for powers of ten. UndefinedResult for 0 and below. */
export function decimalLogarithm(a: Value, context: Context): Value {
  if (a.kind === "exact" && a.numerator === 1n && a.denominator === 1n) return exactInteger(a.exponent);
  const natural = naturalLogarithm(a, context);
  context.meter.spend(ballCost(context.precision));
  return divide(natural, fromFixedPoint(constants.ln10(fractionBits(context)), 2n, context), context);
}

function isOne(a: Value): boolean {
  return a.kind === "exact" && a.numerator === 1n && a.denominator === 1n && a.exponent === 0;
}

/** Enough for the digits and for a multiple of ln(10) up to the largest exponent. */
function fractionBits({ precision }: Context): number {
  return Math.ceil((precision + 12) * Math.log2(10)) + 48;
}

/** The middle of a ball below 10^12, cut to so many fraction bits. */
function toFixedPoint({ middle, exponent }: Ball, bits: number): bigint {
  if (exponent >= 0) return (middle * powerOfTen(exponent)) << BigInt(bits);
  if (-exponent > digitCount(middle) + bits) return 0n;
  return (middle << BigInt(bits)) / powerOfTen(-exponent);
}

/** With one digit more than the context asks for after the point. */
function fromFixedPoint(fixed: bigint, error: bigint, context: Context): Ball {
  const places = context.precision + 1;
  const middle = (magnitude(fixed) * powerOfTen(places)) >> BigInt(fractionBits(context));
  return { kind: "ball", middle: fixed < 0n ? -middle : middle, radius: error, exponent: -places };
}
