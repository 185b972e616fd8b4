import { type FieldViolation, InvalidInput } from "../../domain/errors.ts";

// An error travels in headers, which many clients limit to 8 kB.
const maxReported = 10;

/** What is wrong with a request, gathered so that the caller learns everything at once. */
export interface Violations {
  add(field: string, description: string): void;
  /** InvalidInput with the first ten violations if there are any. */
  throwIfAny(): void;
}

/** An empty collection of violations. */
export function createViolations(): Violations {
  const found: FieldViolation[] = [];
  return {
    add(field, description) {
      if (found.length < maxReported) found.push({ field, description });
    },
    throwIfAny() {
      const [first, ...rest] = found;
      if (first) throw new InvalidInput(first, ...rest);
    },
  };
}
