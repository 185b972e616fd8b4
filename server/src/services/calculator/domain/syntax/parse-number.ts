import { type Exact, exactDecimal, zero } from "../number/exact.ts";

/** The number that digits with an optional point and exponent write. OutOfRange when it is too large or small to hold. */
export function parseNumber(text: string): Exact {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const coefficient = BigInt(`0${whole}${fraction}`);
  if (coefficient === 0n) return zero;
  // Far beyond the range all exponents are alike; this keeps the arithmetic on them exact.
  const clamped = Math.max(-1e12, Math.min(1e12, Number(exponent)));
  return exactDecimal(coefficient, clamped - fraction.length);
}
