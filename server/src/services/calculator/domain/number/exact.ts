import { OutOfRange } from "../../../../domain/errors.ts";
import { MAX_EXACT_BITS, MAX_EXPONENT } from "../limits.ts";
import { bitLength, digitCount, magnitude, powerOfTen } from "./bigint-math.ts";
import { greatestCommonDivisor } from "./greatest-common-divisor.ts";

/**
 * A rational number, numerator / denominator × 10^exponent. There is one form for each number: the denominator is above
 * 0, has no factor 2 or 5 and none in common with the numerator; the numerator is not divisible by 10 unless it is 0,
 * and then the exponent is 0. So a number with a finite decimal expansion has the denominator 1, and its numerator
 * holds its significant digits.
 */
export interface Exact {
  readonly kind: "exact";
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly exponent: number;
}

/** Zero. */
export const zero: Exact = { kind: "exact", numerator: 0n, denominator: 1n, exponent: 0 };

/** A whole number. */
export function exactInteger(value: bigint | number): Exact {
  return exactDecimal(BigInt(value), 0);
}

/** coefficient × 10^exponent, of any size. OutOfRange when the exponent of its first digit is beyond the largest. */
export function exactDecimal(coefficient: bigint, exponent: number): Exact {
  if (coefficient === 0n) return zero;
  const [numerator, zeros] = withoutTrailingZeros(coefficient);
  return inRange({ kind: "exact", numerator, denominator: 1n, exponent: exponent + zeros });
}

/**
 * numerator / denominator × 10^exponent in its one form, or undefined where that takes more than the largest size that
 * is held. The denominator is not 0. OutOfRange as exactDecimal.
 */
export function exactQuotient(numerator: bigint, denominator: bigint, exponent: number): Exact | undefined {
  if (numerator === 0n) return zero;
  const divisor = denominator === 1n ? 1n : greatestCommonDivisor(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return decimalForm((sign * numerator) / divisor, (sign * denominator) / divisor, exponent);
}

function decimalForm(numerator: bigint, denominator: bigint, exponent: number): Exact | undefined {
  if (bitLength(numerator) > MAX_EXACT_BITS || bitLength(denominator) > MAX_EXACT_BITS) return undefined;
  const twos = bitLength(denominator & -denominator) - 1;
  const [rest, fives] = withoutFives(denominator >> BigInt(twos));
  const places = Math.max(twos, fives);
  if (places * Math.log2(5) > MAX_EXACT_BITS) return undefined;
  const [digits, zeros] = withoutTrailingZeros(numerator * 2n ** BigInt(places - twos) * 5n ** BigInt(places - fives));
  if (bitLength(digits) > MAX_EXACT_BITS) return undefined;
  return inRange({ kind: "exact", numerator: digits, denominator: rest, exponent: exponent - places + zeros });
}

function inRange(value: Exact): Exact {
  const first = leadingExponent(value);
  if (first > MAX_EXPONENT) throw new OutOfRange("the result is too large to hold");
  if (first < -MAX_EXPONENT) throw new OutOfRange("the result is too small to hold");
  return value;
}

/** The power of ten of the first significant digit, or one more. */
export function leadingExponent({ numerator, denominator, exponent }: Exact): number {
  return exponent + digitCount(numerator) - digitCount(denominator);
}

/** The size of numerator and denominator together, in bits. */
export function sizeOf({ numerator, denominator }: Exact): number {
  return bitLength(numerator) + bitLength(denominator);
}

/** Whether this is a whole number. */
export function isInteger({ denominator, exponent }: Exact): boolean {
  return denominator === 1n && exponent >= 0;
}

/** The value as a number, for a whole number below 2^53, else undefined. */
export function smallInteger(value: Exact): number | undefined {
  if (!isInteger(value) || value.exponent > 16 || magnitude(value.numerator) > 2n ** 53n) return undefined;
  const integer = Number(value.numerator * powerOfTen(value.exponent));
  return Number.isSafeInteger(integer) ? integer : undefined;
}

/** The negative. */
export function negateExact(value: Exact): Exact {
  return { ...value, numerator: -value.numerator };
}

function withoutTrailingZeros(value: bigint): [digits: bigint, zeros: number] {
  if (value % 10n !== 0n) return [value, 0];
  return dividedOut(value, 10n);
}

function withoutFives(value: bigint): [rest: bigint, fives: number] {
  if (value % 5n !== 0n) return [value, 0];
  return dividedOut(value, 5n);
}

/** Takes all factors out, in big bites first. */
function dividedOut(value: bigint, factor: bigint): [rest: bigint, count: number] {
  const powers = [factor];
  for (let last = factor; ; ) {
    last *= last;
    if (value % last !== 0n) break;
    powers.push(last);
  }
  let [rest, count] = [value, 0];
  for (let i = powers.length - 1; i >= 0; i -= 1) {
    const power = powers[i] ?? factor;
    while (rest % power === 0n) {
      rest /= power;
      count += 2 ** i;
    }
  }
  return [rest, count];
}
