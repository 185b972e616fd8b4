import type { ShownValue } from "./format.ts";

/** One reduction: a part of an expression is replaced by its value. */
export interface Step {
  /** The whole expression before, without white space around it. */
  readonly expression: string;
  /** Where the reduced part starts, in UTF-16 code units from 0. */
  readonly start: number;
  /** Where it ends: the first code unit that is not part of it. */
  readonly end: number;
  /** The value that takes its place, without the parentheses that a negative one gets where it needs them. */
  readonly value: ShownValue;
  /** The whole expression after; after the last step it is the value that `evaluate` gives. */
  readonly result: string;
}
