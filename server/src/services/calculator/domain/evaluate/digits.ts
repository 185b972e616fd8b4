import { InvalidInput } from "../../../../domain/errors.ts";
import { DEFAULT_DIGITS, MAX_DIGITS } from "../limits.ts";

/** The significant digits that a caller asked for, 34 for 0. InvalidInput for `digits` when not 0 to 1,000. */
export function significantDigits(asked: number): number {
  if (Number.isInteger(asked) && asked >= 0 && asked <= MAX_DIGITS) return asked === 0 ? DEFAULT_DIGITS : asked;
  throw new InvalidInput({ field: "digits", description: `must be 0 to 1,000: got ${asked}` });
}
