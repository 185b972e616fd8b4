import { InvalidInput, OutOfRange, TooMuchWork } from "../../../../domain/errors.ts";

/** Why one line or point has no value, where the calculation as a whole goes on. */
export interface Failure {
  readonly kind: "invalid" | "out of range" | "too much work";
  /** What was expected, where, and what is there. */
  readonly description: string;
}

/** The failure that an error of a calculation means; undefined for any other error. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof InvalidInput) {
    return { kind: "invalid", description: error.violations[0]?.description ?? error.message };
  }
  if (error instanceof OutOfRange) return { kind: "out of range", description: error.message };
  if (error instanceof TooMuchWork) return { kind: "too much work", description: error.message };
  return undefined;
}
