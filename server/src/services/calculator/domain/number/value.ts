import { MAX_DIGITS } from "../limits.ts";
import type { Meter } from "../meter.ts";
import { type Ball, ballFromExact, signOfBall, topOf } from "./ball.ts";
import type { Exact } from "./exact.ts";
import { Undecided } from "./undecided.ts";

/** A number: exact, or known to as many digits as were worked with. */
export type Value = Exact | Ball;

/** What operations on values work with. */
export interface Context {
  /** The decimal digits that inexact results have. */
  readonly precision: number;
  /** No more digits will be had: what still cannot be told apart may count as equal. */
  readonly final: boolean;
  /** Pays for the work. */
  readonly meter: Meter;
}

/** The value as a ball with the digits of the context. */
export function toBall(value: Value, { precision }: Context): Ball {
  return value.kind === "ball" ? value : ballFromExact(value, precision);
}

/**
 * Whether what is not known of a ball may be taken for nothing: its radius is below 10^-1000, and no more digits will be
 * had.
 */
export function isSettled(value: Ball, { final }: Context): boolean {
  return final && topOf({ ...value, middle: 0n }) <= -MAX_DIGITS;
}

/** The sign, 0 for what is settled so near to it. Undecided when there are too few digits to tell. */
export function signOf(value: Value, context: Context): -1 | 0 | 1 {
  if (value.kind === "exact") return value.numerator > 0n ? 1 : value.numerator < 0n ? -1 : 0;
  const sign = signOfBall(value);
  if (sign !== undefined) return sign;
  if (isSettled(value, context)) return 0;
  throw new Undecided();
}
