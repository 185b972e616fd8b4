import type { FieldViolation } from "../../../domain/errors.ts";
import { outsideRange } from "../../../domain/violations.ts";

const largestInt32 = 2_147_483_647;
const longestQuery = 200;
const mostItems = 100;

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
