/** coefficient × 10^exponent, with a coefficient above 0 that is not divisible by 10. */
export interface DecimalDigits {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

// JavaScript's own bounds for its numbers: 1e-7 is the first in exponent notation.
const MAX_LEADING_ZEROS = 6;
const MAX_PADDING_ZEROS = 20;

/**
 * Writes a decimal. Digits stay as they are; an exponent is used where it saves more zeros than there are digits. An
 * inexact number may have no more digits before the point than `known`, since zeros there would claim to be known.
 */
export function decimalText({ negative, digits, exponent }: DecimalDigits, known: number | undefined): string {
  const sign = negative ? "-" : "";
  const point = digits.length + exponent;
  const mostZeros = known === undefined ? Math.max(MAX_PADDING_ZEROS, digits.length) : known - digits.length;
  if (exponent >= 0 && exponent <= mostZeros) return `${sign}${digits}${"0".repeat(exponent)}`;
  if (exponent < 0 && point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  if (exponent < 0 && -point <= MAX_LEADING_ZEROS) return `${sign}0.${"0".repeat(-point)}${digits}`;
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${sign}${digits.charAt(0)}${fraction}e${point > 0 ? "+" : "-"}${Math.abs(point - 1)}`;
}
