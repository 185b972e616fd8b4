import { GUARD_DIGITS, MAX_DIGITS } from "../limits.ts";
import type { Ball } from "../number/ball.ts";
import { digitCount, divideRounded, magnitude, powerOfTen } from "../number/bigint-math.ts";
import { textCost } from "../number/costs.ts";
import { decimalText } from "../number/decimal-text.ts";
import { type Exact, exactDecimal } from "../number/exact.ts";
import { Undecided } from "../number/undecided.ts";
import { type Context, isSettled, type Value } from "../number/value.ts";

/** A number as it is shown. */
export interface ShownValue {
  readonly text: string;
  /** Whether the text is the number itself, and not one rounded. */
  readonly exact: boolean;
}

/**
 * Writes a number: exactly where it has at most 1,000 significant digits, else rounded to `digits` significant ones,
 * halves away from zero. Undecided when the number is not known well enough to round it.
 */
export function formatValue(value: Value, digits: number, context: Context): ShownValue {
  context.meter.spend(textCost(Math.max(digits, context.precision)));
  if (value.kind === "exact") {
    if (value.denominator === 1n && digitCount(value.numerator) <= MAX_DIGITS) {
      return { text: textOf(value, undefined), exact: true };
    }
    return { text: textOf(roundExact(value, digits), digits), exact: false };
  }
  const { middle, radius, exponent } = value;
  if (magnitude(middle) <= radius && isSettled(value, context)) return { text: "0", exact: false };
  const low = roundDecimal(middle - radius, exponent, digits);
  const high = roundDecimal(middle + radius, exponent, digits);
  const same = low.numerator === high.numerator && low.exponent === high.exponent;
  if (!same && !isTie(value, digits, context)) throw new Undecided();
  return { text: textOf(middle < 0n ? low : high, digits), exact: false };
}

/** Whether the number lies halfway between two that can be shown, as far as can be told: then away from zero. */
function isTie({ middle, radius }: Ball, digits: number, { final }: Context): boolean {
  return final && digitCount(middle) - digitCount(radius) > digits + GUARD_DIGITS;
}

function textOf({ numerator, exponent }: Exact, known: number | undefined): string {
  if (numerator === 0n) return "0";
  return decimalText({ negative: numerator < 0n, digits: String(magnitude(numerator)), exponent }, known);
}

function roundDecimal(coefficient: bigint, exponent: number, digits: number): Exact {
  const drop = digitCount(coefficient) - digits;
  if (drop <= 0) return exactDecimal(coefficient, exponent);
  return exactDecimal(divideRounded(coefficient, powerOfTen(drop)), exponent + drop);
}

function roundExact({ numerator, denominator, exponent }: Exact, digits: number): Exact {
  const drop = digitCount(numerator) - digitCount(denominator) - digits;
  // The quotient has `digits` digits or one more; rounding it twice would be wrong, so the divisor takes the place.
  const rough = scaledQuotient(numerator, denominator, drop);
  const places = digitCount(rough) > digits ? drop + 1 : drop;
  return exactDecimal(scaledQuotient(numerator, denominator, places), exponent + places);
}

/** numerator / denominator / 10^places, rounded. */
function scaledQuotient(numerator: bigint, denominator: bigint, places: number): bigint {
  if (places > 0) return divideRounded(numerator, denominator * powerOfTen(places));
  return divideRounded(numerator * powerOfTen(-places), denominator);
}
