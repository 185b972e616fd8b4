import { type FieldViolation, InvalidInput } from "./errors.ts";

// An error travels in headers, which many clients limit to 8 kB.
const MAX_REPORTED = 10;

/** What is wrong with a request of many fields, gathered so that the caller learns everything at once. */
export interface Violations {
  add(field: string, description: string): void;
  /** Adds those that there are. */
  addAll(...violations: readonly (FieldViolation | undefined)[]): void;
  /** Adds what is wrong, where something is. */
  addIf(field: string, description: string | undefined): void;
  /** @throws InvalidInput with the first ten violations if there are any. */
  throwIfAny(): void;
}

/** @throws InvalidInput with all violations that there are, if any: for a request of few fields. */
export function check(...violations: readonly (FieldViolation | undefined)[]): void {
  const [first, ...rest] = violations.filter((violation) => violation !== undefined);
  if (first !== undefined) throw new InvalidInput(first, ...rest);
}

/** What is wrong with a number that must be from `least` to `most`. */
export function outsideRange(field: string, value: number, least: number, most: number): FieldViolation | undefined {
  if (value >= least && value <= most) return undefined;
  return { field, description: `must be ${least} to ${most}: got ${value}` };
}

/** An empty collection of violations. */
export function createViolations(): Violations {
  const found: FieldViolation[] = [];
  function add(field: string, description: string): void {
    if (found.length < MAX_REPORTED) found.push({ field, description });
  }
  return {
    add,
    addAll(...violations) {
      for (const violation of violations) if (violation !== undefined) add(violation.field, violation.description);
    },
    addIf(field, description) {
      if (description !== undefined) add(field, description);
    },
    throwIfAny() {
      const [first, ...rest] = found;
      if (first) throw new InvalidInput(first, ...rest);
    },
  };
}
