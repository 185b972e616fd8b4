/** A rational number of the simplest kind, to check the calculator's against: never reduced, never rounded. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A decimal, coefficient × 10^exponent without trailing zeros, and whether it is the number or one rounded. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
  readonly exact: boolean;
}

/** Reads a decimal text as results have it. */
export function decimalFromText(text: string, exact: boolean): Decimal {
  const [mantissa = "", exponent = "0"] = text.split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return normalized(BigInt(whole + fraction), Number(exponent) - fraction.length, exact);
}

/** The decimal that a rational is: itself where it ends, else rounded to so many digits, halves away from zero. */
export function decimalFromRational({ numerator, denominator }: Rational, digits: number): Decimal {
  const sign = numerator < 0n !== denominator < 0n ? -1n : 1n;
  const [size, divisor] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  // All denominators here divide 10^places times a number without factors 2 and 5, if they end at all.
  const places = divisor.toString(2).length;
  const scaled = size * 10n ** BigInt(places);
  if (scaled % divisor === 0n) return normalized((sign * scaled) / divisor, -places, true);
  // Below 0 where the number has more digits than that before its point.
  const at = (shift: number) =>
    (size * 10n ** BigInt(Math.max(0, shift))) / (divisor * 10n ** BigInt(Math.max(0, -shift)));
  const lengthAt = (shift: number) => at(shift).toString().length;
  let shift = digits - (size.toString().length - divisor.toString().length);
  while (lengthAt(shift) > digits) shift -= 1;
  while (lengthAt(shift) < digits) shift += 1;
  return normalized(sign * ((at(shift + 1) + 5n) / 10n), -shift, false);
}

function normalized(coefficient: bigint, exponent: number, exact: boolean): Decimal {
  if (coefficient === 0n) return { coefficient, exponent: 0, exact };
  const zeros = /0*$/u.exec(String(coefficient))?.[0].length ?? 0;
  return { coefficient: coefficient / 10n ** BigInt(zeros), exponent: exponent + zeros, exact };
}
