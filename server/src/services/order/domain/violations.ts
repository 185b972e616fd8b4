import { type FieldViolation, InvalidInput } from "../../../domain/errors.ts";

// An error travels in headers, which many clients limit to 8 kB.
const MAX_REPORTED = 10;

/** What is wrong with a request, gathered so that the caller learns everything at once. */
export interface Violations {
  add(field: string, description: string): void;
  /** Adds what is wrong, where something is. */
  addIf(field: string, description: string | undefined): void;
  /** InvalidInput with the first ten violations if there are any. */
  throwIfAny(): void;
}

/** An empty collection of violations. */
export function createViolations(): Violations {
  const found: FieldViolation[] = [];
  function add(field: string, description: string): void {
    if (found.length < MAX_REPORTED) found.push({ field, description });
  }
  return {
    add,
    addIf(field, description) {
      if (description !== undefined) add(field, description);
    },
    throwIfAny() {
      const [first, ...rest] = found;
      if (first) throw new InvalidInput(first, ...rest);
    },
  };
}
