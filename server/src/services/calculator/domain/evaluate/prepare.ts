import { MAX_PRECISION } from "../limits.ts";
import { MAX_SERIES_TERMS } from "../number/factorial.ts";
import { constants } from "../number/fixed-point.ts";
import { tangentNumbers } from "../number/tangent-numbers.ts";

/** Computes what all calls share, so that no call has to wait for it. Takes about 20 ms. */
export function prepareConstants(): void {
  const bits = Math.ceil(Math.log2(10) * (MAX_PRECISION + 40));
  for (const constant of Object.values(constants)) constant(bits);
  tangentNumbers(MAX_SERIES_TERMS);
}
