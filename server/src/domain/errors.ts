/**
 * What can go wrong in the domain, in its own words. `interceptors/map-errors.ts` is the one place that gives each of
 * them a status code. Messages are for the developer who called: lower-case, what was wanted and then what was given.
 */
export abstract class DomainError extends Error {}

/** One field of the input that is not acceptable, and why. */
export interface FieldViolation {
  /** The path of the field as the caller knows it, such as `items[2].quantity`. */
  readonly field: string;
  /** What the field takes and what it was given: `must be 1 to 5: got 9`. */
  readonly description: string;
}

/** The input breaks a rule. Becomes INVALID_ARGUMENT with a google.rpc.BadRequest detail. */
export class InvalidInput extends DomainError {
  readonly violations: readonly FieldViolation[];

  constructor(...violations: [FieldViolation, ...FieldViolation[]]) {
    super(violations.map(({ field, description }) => `${field} ${description}`).join("; "));
    this.name = "InvalidInput";
    this.violations = violations;
  }
}

/** Something the caller named does not exist. Becomes NOT_FOUND. */
export class NotFound extends DomainError {
  override name = "NotFound";
}

/** The result cannot be held by the type that has to carry it. Becomes OUT_OF_RANGE. */
export class OutOfRange extends DomainError {
  override name = "OutOfRange";
}

/** Answering would take more work or memory than one call may have. Becomes RESOURCE_EXHAUSTED. */
export class TooMuchWork extends DomainError {
  override name = "TooMuchWork";
}

/** What the caller wants to create exists and is different. Becomes ALREADY_EXISTS. */
export class AlreadyExists extends DomainError {
  override name = "AlreadyExists";
}
