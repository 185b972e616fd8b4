/**
 * An answer depends on digits that are not known yet, as in `floor(x)` for an x within 10^-50 of 2. The evaluator
 * catches it and computes the operands again with more digits.
 */
export class Undecided extends Error {
  override name = "Undecided";
}
