import type { Value } from "./value.ts";

/**
 * An operation has no result for its operands, as 1/0. The message says what it takes; the evaluator adds where in the
 * expression that happened and makes it an InvalidInput.
 */
export class UndefinedResult extends Error {
  override name = "UndefinedResult";
  /** The operand that is not acceptable, where saying it tells something. */
  readonly operand: Value | undefined;

  constructor(message: string, operand?: Value) {
    super(message);
    this.operand = operand;
  }
}
