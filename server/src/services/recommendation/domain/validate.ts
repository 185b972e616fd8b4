import { type FieldViolation, InvalidInput } from "../../../domain/errors.ts";

const largestInt32 = 2_147_483_647;
const longestQuery = 200;
const mostItems = 100;

/** @throws InvalidInput with all violations there are, if any. */
export function check(...checked: readonly (FieldViolation | undefined)[]): void {
  const [first, ...rest] = checked.filter((violation) => violation !== undefined);
  if (first !== undefined) throw new InvalidInput(first, ...rest);
}

/** What is wrong with a number that must be from `least` to `most`. */
export function outsideRange(field: string, value: number, least: number, most: number): FieldViolation | undefined {
  if (value >= least && value <= most) return undefined;
  return { field, description: `must be ${least} to ${most}: got ${value}` };
}

/** What is wrong with an id, which counts from 1. */
export function notAnId(field: string, value: number): FieldViolation | undefined {
  return outsideRange(field, value, 1, largestInt32);
}

/** What is wrong with a number of items, where 0 stands for the default. */
export function notASize(field: string, value: number): FieldViolation | undefined {
  return outsideRange(field, value, 0, mostItems);
}

/** What is wrong with the words to search for. */
export function notAQuery(field: string, value: string): FieldViolation | undefined {
  // Counting characters takes time in the length, so a text that cannot be short enough is not counted.
  const length = value.length > 2 * longestQuery ? value.length : [...value].length;
  if (length <= longestQuery) return undefined;
  return { field, description: `must have at most ${longestQuery} characters: got ${length}` };
}
