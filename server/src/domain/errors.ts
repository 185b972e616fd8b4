/**
 * What can go wrong in the domain, in its own words. `interceptors/connect-error-from-domain-error.ts` is the one place that gives each of
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

/** It is known who calls, or that it is not, and they may not do this. Becomes PERMISSION_DENIED. */
export class NotAllowed extends DomainError {
  override name = "NotAllowed";
}

/** The result cannot be held by the type that has to carry it. Becomes OUT_OF_RANGE. */
export class OutOfRange extends DomainError {
  override name = "OutOfRange";
}

/** Answering would take more work or memory than one call may have. Becomes RESOURCE_EXHAUSTED. */
export class TooMuchWork extends DomainError {
  override name = "TooMuchWork";
}

/** The caller has as much stored as one may have; to try again does not help. Becomes RESOURCE_EXHAUSTED. */
export class TooMuchStored extends DomainError {
  override name = "TooMuchStored";
}

/** What the caller wants to create exists and is different. Becomes ALREADY_EXISTS. */
export class AlreadyExists extends DomainError {
  override name = "AlreadyExists";
}

/** What the store should hold is not there or cannot be read. Becomes DATA_LOSS. */
export class DataLoss extends DomainError {
  override name = "DataLoss";
}

/** Another history has taken the place of the one that was followed, as after a restored backup. Becomes UNAVAILABLE: following again helps. */
export class LogReplaced extends DomainError {
  override name = "LogReplaced";
}

/**
 * Why the store cannot write: the message says it in words for an operator as well as for a caller, the cause holds what the system said.
 * Nothing of the write that it is thrown for was acknowledged.
 */
export abstract class StoreTrouble extends DomainError {}

/** There is no room on the disk. Passes by itself once there is. Becomes RESOURCE_EXHAUSTED. */
export class StoreFull extends StoreTrouble {
  override name = "StoreFull";
}

/** Something else keeps the store from writing for now, such as the lock of another process. Becomes UNAVAILABLE. */
export class StoreBusy extends StoreTrouble {
  override name = "StoreBusy";
}

/** The connection to the store was lost before it answered: the write is stored whole or not at all. Becomes UNAVAILABLE. */
export class StoreOutcomeUnknown extends StoreTrouble {
  override name = "StoreOutcomeUnknown";
}

/** The store writes no more until the server has been started again. Becomes UNAVAILABLE. */
export class StoreFailed extends StoreTrouble {
  override name = "StoreFailed";
}
