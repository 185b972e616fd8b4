import { maxSeriesTerms } from "./factorial.ts";
import { constants } from "./fixed-point.ts";
import { maxPrecision } from "./limits.ts";
import { tangentNumbers } from "./tangent-numbers.ts";

/** Computes what all calls share, so that no call has to wait for it. Takes about 20 ms. */
export function prepareConstants(): void {
  const bits = Math.ceil(Math.log2(10) * (maxPrecision + 40));
  for (const constant of Object.values(constants)) constant(bits);
  tangentNumbers(maxSeriesTerms);
}
