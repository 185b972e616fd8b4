import { MAX_EXACT_BITS } from "../limits.ts";
import { addBalls, type Ball, divideBalls, multiplyBalls, negateBall } from "./ball.ts";
import { powerOfTen } from "./bigint-math.ts";
import { ballCost, cancelCost, exactCost } from "./costs.ts";
import { type Exact, exactQuotient, negateExact, sizeOf, zero } from "./exact.ts";
import { UndefinedResult } from "./undefined-result.ts";
import { type Context, signOf, toBall, type Value } from "./value.ts";

/** a + b. */
export function add(a: Value, b: Value, context: Context): Value {
  if (isZero(a)) return b;
  if (isZero(b)) return a;
  return ifExact(a, b, context, addExact) ?? viaBalls(a, b, context, addBalls);
}

/** a - b. */
export function subtract(a: Value, b: Value, context: Context): Value {
  return add(a, negate(b), context);
}

/** a × b. */
export function multiply(a: Value, b: Value, context: Context): Value {
  if (isZero(a) || isZero(b)) return zero;
  return ifExact(a, b, context, multiplyExact) ?? viaBalls(a, b, context, multiplyBalls);
}

/** a / b. UndefinedResult when b is 0. */
export function divide(a: Value, b: Value, context: Context): Value {
  if (signOf(b, context) === 0) throw new UndefinedResult("must not divide by zero");
  if (isZero(a)) return zero;
  return ifExact(a, b, context, divideExact) ?? viaBalls(a, b, context, divideBalls);
}

/** -a. */
export function negate(a: Value): Value {
  return a.kind === "exact" ? negateExact(a) : negateBall(a);
}

/** The distance from 0. */
export function absolute(a: Value): Value {
  const middle = a.kind === "exact" ? a.numerator : a.middle;
  return middle < 0n ? negate(a) : a;
}

/** a × 10^places. */
export function shiftPoint(a: Value, places: number): Value {
  return isZero(a) ? a : { ...a, exponent: a.exponent + places };
}

/** Whether this is 0 exactly. */
export function isZero(a: Value): boolean {
  return a.kind === "exact" && a.numerator === 0n;
}

type ExactOperation = (a: Exact, b: Exact) => Exact | undefined;
type BallOperation = (a: Ball, b: Ball, precision: number) => Ball;

/** The exact result where both are exact and it can be held. */
function ifExact(a: Value, b: Value, { meter }: Context, operation: ExactOperation): Exact | undefined {
  if (a.kind !== "exact" || b.kind !== "exact") return undefined;
  const bits = sizeOf(a) + sizeOf(b);
  if (bits > 2.5 * MAX_EXACT_BITS) return undefined;
  meter.spend(exactCost(bits));
  const cancels = operation === divideExact || a.denominator !== 1n || b.denominator !== 1n;
  if (cancels) meter.spend(cancelCost(bits / 2));
  return operation(a, b);
}

function viaBalls(a: Value, b: Value, context: Context, operation: BallOperation): Ball {
  context.meter.spend(2 * ballCost(context.precision));
  return operation(toBall(a, context), toBall(b, context), context.precision);
}

function addExact(a: Exact, b: Exact): Exact | undefined {
  const exponent = Math.min(a.exponent, b.exponent);
  if (Math.max(a.exponent, b.exponent) - exponent > MAX_EXACT_BITS / Math.log2(10)) return undefined;
  const x = a.numerator * powerOfTen(a.exponent - exponent);
  const y = b.numerator * powerOfTen(b.exponent - exponent);
  if (a.denominator === b.denominator) return exactQuotient(x + y, a.denominator, exponent);
  return exactQuotient(x * b.denominator + y * a.denominator, a.denominator * b.denominator, exponent);
}

function multiplyExact(a: Exact, b: Exact): Exact | undefined {
  return exactQuotient(a.numerator * b.numerator, a.denominator * b.denominator, a.exponent + b.exponent);
}

function divideExact(a: Exact, b: Exact): Exact | undefined {
  return exactQuotient(a.numerator * b.denominator, a.denominator * b.numerator, a.exponent - b.exponent);
}
