import { InvalidInput, OutOfRange } from "../../../../domain/errors.ts";
import { magnitude, powerOfTen } from "./bigint-math.ts";

/** What is known of a set of numbers. Of none, the count and sum are 0 and the rest is absent. */
export interface Figures {
  readonly count: number;
  readonly sum: number;
  readonly mean?: number;
  readonly min?: number;
  readonly max?: number;
}

// The last decimal of the smallest double, 5e-324, and room for those that are written with a point: 4.94e-322.
const PLACES = 345;
// So many more digits tell on which side of every tie between two doubles a quotient lies.
const QUOTIENT_PLACES = 30;

/**
 * Sums numbers without any rounding error, in bounded memory: each is taken for the shortest decimal that names it, and
 * decimals are summed as one whole number of units of 10^-345.
 */
export class RunningFigures {
  #count = 0;
  #sum = 0n;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** Takes a number in. InvalidInput for `number` when it is not finite. */
  add(number: number): void {
    if (!Number.isFinite(number)) {
      throw new InvalidInput({ field: "number", description: `must be a finite number: got ${number}` });
    }
    this.#count += 1;
    this.#sum += unitsOf(number);
    this.#min = Math.min(this.#min, number);
    this.#max = Math.max(this.#max, number);
  }

  /** The figures so far, rounded once from the exact ones. OutOfRange when the sum is outside the range of a double. */
  figures(): Figures {
    const sum = Number(`${this.#sum}e-${PLACES}`);
    if (!Number.isFinite(sum))
      throw new OutOfRange("the sum must be in the range of a double: got one beyond 1.8e+308");
    if (this.#count === 0) return { count: 0, sum };
    return { count: this.#count, sum, mean: this.#mean(), min: this.#min, max: this.#max };
  }

  #mean(): number {
    const scaled = this.#sum * powerOfTen(QUOTIENT_PLACES);
    const divisor = BigInt(this.#count);
    const sign = scaled < 0n ? "-" : "";
    const rest = scaled % divisor === 0n ? "0" : "1";
    return Number(`${sign}${magnitude(scaled) / divisor}${rest}e-${PLACES + QUOTIENT_PLACES + 1}`);
  }
}

/** The shortest decimal that names the number, in units of 10^-345. */
function unitsOf(number: number): bigint {
  const [mantissa = "", exponent = "0"] = String(number).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction) * powerOfTen(PLACES + Number(exponent) - fraction.length);
}
