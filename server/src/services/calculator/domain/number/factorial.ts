import { OutOfRange, TooMuchWork } from "../../../../domain/errors.ts";
import { MAX_EXPONENT } from "../limits.ts";
import { add, divide, multiply, subtract } from "./arithmetic.ts";
import { type Ball, ball, ballFromExact, multiplyBalls } from "./ball.ts";
import { bitLength, powerOfTen } from "./bigint-math.ts";
import { ballCost, exactCost } from "./costs.ts";
import { type Exact, exactInteger, exactQuotient, smallInteger } from "./exact.ts";
import { wholeNumber } from "./rounding.ts";
import { tangentNumbers } from "./tangent-numbers.ts";
import { constant, naturalExponential, naturalLogarithm } from "./transcendental.ts";
import { UndefinedResult } from "./undefined-result.ts";
import { type Context, signOf, type Value } from "./value.ts";

const MAX_EXACT_FACTORIAL = 1_150;
const MAX_PRODUCT = 16_000;

/** The most terms of Stirling's series that are summed: enough for 1,000 digits. */
export const MAX_SERIES_TERMS = 200;

/**
 * n! for a whole number of at least 0: exact where it can be held. UndefinedResult for any other number, OutOfRange
 * when the result is too large to hold, TooMuchWork when it takes too many digits.
 */
export function factorial(n: Value, context: Context): Value {
  const whole = wholeNumber(n, context);
  if (whole === undefined || signOf(whole, context) < 0)
    throw new UndefinedResult("takes a whole number of at least 0", n);
  const count = smallInteger(whole) ?? Number.POSITIVE_INFINITY;
  if (count * (Math.log10(count + 1) - Math.LOG10E) > 1.1 * MAX_EXPONENT) {
    throw new OutOfRange("the result is too large to hold");
  }
  if (count <= MAX_EXACT_FACTORIAL) {
    context.meter.spend(exactCost(count * Math.log2(count + 1)));
    const exact = exactQuotient(productOf(1, count), 1n, 0);
    if (exact !== undefined) return exact;
  }
  return count <= MAX_PRODUCT ? roundedProduct(count, context) : stirling(count, context);
}

/** from × (from + 1) × … × to, halved again and again so that the factors are of one size. */
function productOf(from: number, to: number): bigint {
  if (to - from < 8) {
    let product = 1n;
    for (let factor = from; factor <= to; factor += 1) product *= BigInt(factor);
    return product;
  }
  const middle = Math.floor((from + to) / 2);
  return productOf(from, middle) * productOf(middle + 1, to);
}

function roundedProduct(n: number, context: Context): Ball {
  const { precision, meter } = context;
  const chunk = 128;
  meter.spend(Math.ceil(n / chunk) * (25 + ballCost(precision) / 5));
  let result = ballFromExact(exactInteger(1), precision);
  for (let from = 1; from <= n; from += chunk) {
    const factor = ball(productOf(from, Math.min(n, from + chunk - 1)), 0n, 0, precision);
    result = multiplyBalls(result, factor, precision);
  }
  return result;
}

/** Stirling's series: ln n! = n ln n - n + ln(2 pi n) / 2 + 1/(12 n) - …, with as many terms as the digits need. */
function stirling(n: number, outer: Context): Value {
  // ln n! has up to ten digits before the point.
  const context = { ...outer, precision: outer.precision + 12 };
  const whole = exactInteger(n);
  const main = multiply(whole, subtract(naturalLogarithm(whole, context), exactInteger(1), context), context);
  const turn = multiply(constant("pi", context), exactInteger(2 * n), context);
  const half = divide(naturalLogarithm(turn, context), exactInteger(2), context);
  const logarithm = add(add(main, half, context), correction(n, whole, context), context);
  return naturalExponential(logarithm, outer);
}

/** The sum of B(2k) / (2k (2k - 1) n^(2k - 1)), where B(2k) is had from the k-th tangent number. */
function correction(n: number, whole: Exact, { precision, meter }: Context): Ball {
  const count = termsFor(n, precision);
  if (count > MAX_SERIES_TERMS) throw new TooMuchWork("the factorial takes more digits than one call may have");
  meter.spend(count ** 2 / 8 + count * ballCost(precision));
  const scale = powerOfTen(precision);
  const square = whole.numerator ** 2n * powerOfTen(2 * whole.exponent);
  let inverse = (scale << BigInt(bitLength(scale))) / BigInt(n);
  let sum = 0n;
  for (const [i, tangent] of tangentNumbers(count).entries()) {
    const four = 4n ** BigInt(i + 1);
    const term = (tangent * inverse) / (BigInt(2 * i + 1) * four * (four - 1n));
    sum += i % 2 === 0 ? term : -term;
    inverse /= square;
  }
  return ball(sum >> BigInt(bitLength(scale)), 2n, -precision, precision);
}

function termsFor(n: number, precision: number): number {
  let count = 1;
  for (let gained = Math.log10(n); gained < precision + 4; count += 1) {
    gained += 2 * Math.log10((Math.PI * n) / count);
  }
  return count;
}
