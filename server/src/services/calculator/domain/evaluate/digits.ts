import { InvalidInput } from "../../../../domain/errors.ts";
import { defaultDigits, maxDigits } from "../limits.ts";

/** The significant digits that a caller asked for, 34 for 0. InvalidInput for `digits` when not 0 to 1,000. */
export function significantDigits(asked: number): number {
  if (Number.isInteger(asked) && asked >= 0 && asked <= maxDigits) return asked === 0 ? defaultDigits : asked;
  throw new InvalidInput({ field: "digits", description: `must be 0 to 1,000: got ${asked}` });
}
