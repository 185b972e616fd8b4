import { MAX_EXACT_BITS, MAX_EXPONENT } from "../limits.ts";
import { absolute, divide, isZero, multiply, negate, subtract } from "./arithmetic.ts";
import { bitLength, digitCount, magnitude, powerOfTen } from "./bigint-math.ts";
import { exactCost } from "./costs.ts";
import { type Exact, exactInteger, exactQuotient, isInteger, smallInteger, zero } from "./exact.ts";
import { greatestCommonDivisor } from "./greatest-common-divisor.ts";
import { wholeNumber } from "./rounding.ts";
import { exactRootOf, naturalExponential, naturalLogarithm } from "./transcendental.ts";
import { UndefinedResult } from "./undefined-result.ts";
import { type Context, signOf, type Value } from "./value.ts";

const one = exactInteger(1);
const MAX_REPEATED_EXPONENT = 1_024;
const MAX_ROOT_DEGREE = 1_000;

/**
 * base^exponent; 0^0 is 1. Exact where the result is rational and can be held, so 4^0.5 is 2. UndefinedResult for 0 to
 * a negative power and for a negative number to a power that is not whole. OutOfRange when too large or small to hold.
 */
export function power(base: Value, exponent: Value, context: Context): Value {
  if (isZero(exponent)) return one;
  const sign = signOf(base, context);
  if (sign === 0) return powerOfZero(exponent, context);
  if (sign > 0) return powerOfPositive(base, exponent, context);
  const whole = wholeNumber(exponent, context);
  if (whole === undefined) throw new UndefinedResult("takes only a whole power of a negative number", exponent);
  const result = powerOfPositive(absolute(base), whole, context);
  return isOdd(whole) ? negate(result) : result;
}

function powerOfZero(exponent: Value, context: Context): Value {
  const sign = signOf(exponent, context);
  if (sign < 0) throw new UndefinedResult("must not divide by zero, as 0 to a negative power does");
  return sign === 0 ? one : zero;
}

function powerOfPositive(base: Value, exponent: Value, context: Context): Value {
  if (base.kind === "exact" && isZero(subtract(base, one, context))) return one;
  const whole = exponent.kind === "exact" ? smallInteger(exponent) : undefined;
  if (base.kind === "exact" && exponent.kind === "exact") {
    const exact = whole === undefined ? rationalPower(base, exponent, context) : wholePower(base, whole, context);
    if (exact !== undefined) return exact;
  }
  if (whole !== undefined && Math.abs(whole) <= MAX_REPEATED_EXPONENT) return repeatedProduct(base, whole, context);
  return naturalExponential(multiply(exponent, naturalLogarithm(base, context), context), context);
}

/** The exact power, or undefined where it is too large to hold. */
function wholePower(base: Exact, exponent: number, context: Context): Exact | undefined {
  const times = Math.abs(exponent);
  if (times > 3 * MAX_EXPONENT) return undefined;
  const bits = (bitLength(base.numerator) + bitLength(base.denominator) - 2) * times;
  if (bits > 2 * MAX_EXACT_BITS) return undefined;
  // The conversion to decimal form divides common factors out, and costs more than the power itself.
  context.meter.spend(4 * exactCost(bits));
  const numerator = base.numerator ** BigInt(times);
  const denominator = base.denominator ** BigInt(times);
  return exponent > 0
    ? exactQuotient(numerator, denominator, base.exponent * exponent)
    : exactQuotient(denominator, numerator, base.exponent * exponent);
}

/** The exact power where the exponent is a small fraction and the root is rational. */
function rationalPower(base: Exact, exponent: Exact, context: Context): Exact | undefined {
  if (exponent.exponent < -8 || exponent.exponent > 0 || digitCount(exponent.denominator) > 4) return undefined;
  if (digitCount(exponent.numerator) > 8) return undefined;
  const denominator = exponent.denominator * powerOfTen(-exponent.exponent);
  const common = greatestCommonDivisor(exponent.numerator, denominator);
  const degree = Number(denominator / common);
  if (degree > MAX_ROOT_DEGREE) return undefined;
  const root = exactRootOf(base, degree, context);
  return root && wholePower(root, Number(exponent.numerator / common), context);
}

function repeatedProduct(base: Value, exponent: number, context: Context): Value {
  let result: Value = one;
  let square = base;
  for (let rest = Math.abs(exponent); ; ) {
    if (rest % 2 === 1) result = multiply(result, square, context);
    rest = Math.floor(rest / 2);
    if (rest === 0) break;
    square = multiply(square, square, context);
  }
  return exponent < 0 ? divide(one, result, context) : result;
}

function isOdd(whole: Exact): boolean {
  return isInteger(whole) && whole.exponent === 0 && magnitude(whole.numerator) % 2n === 1n;
}
