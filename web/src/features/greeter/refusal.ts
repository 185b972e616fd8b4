import { fieldViolations } from "../../errors/field-violations.ts";

/** A call that failed, and the values it was made with, by field. */
export interface Refusal {
  readonly error: unknown;
  readonly sent: Readonly<Record<string, unknown>>;
}

/**
 * What a refusal says about the values as they are now, by field: a violation is about the value that was sent, and does
 * not concern one that has been changed since.
 */
export function currentViolations(
  refusal: Refusal | undefined,
  values: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  if (refusal === undefined) return new Map();
  const { error, sent } = refusal;
  return new Map([...fieldViolations(error)].filter(([field]) => field in values && values[field] === sent[field]));
}

/** Whether a refusal is out of date: it named fields, and every one of them has been changed since. */
export function isAnswered(refusal: Refusal, values: Readonly<Record<string, unknown>>): boolean {
  const fields = [...fieldViolations(refusal.error).keys()];
  return fields.length > 0 && fields.every((field) => field in values && values[field] !== refusal.sent[field]);
}
