import { TooMuchWork } from "../../../domain/errors.ts";

/** The work one call may do, in units: one is about a microsecond of the two-core machine it was measured on. */
export const WORK_BUDGET = 500_000;

/** The work after which others get a turn. The largest single operations take several times as much, but no more. */
export const SLICE_BUDGET = 1_000;

/**
 * Counts the work of one call. Costs are estimated from the sizes of numbers before the work is done, never from a
 * clock, so that the same input ends in the same way on every machine.
 */
export class Meter {
  #spent = 0;
  #sincePause = 0;
  readonly #budget: number;

  constructor(budget = WORK_BUDGET) {
    this.#budget = budget;
  }

  /** The units spent so far. */
  get spent(): number {
    return this.#spent;
  }

  /** Pays for work about to be done. TooMuchWork when the budget does not hold it. */
  spend(units: number): void {
    if (this.#spent + units > this.#budget) {
      throw new TooMuchWork("the expression takes more work than one call may have");
    }
    this.#spent += units;
    this.#sincePause += units;
  }

  /** Whether it is time to let others run; answering yes starts the next slice. */
  pauseIsDue(): boolean {
    if (this.#sincePause < SLICE_BUDGET) return false;
    this.#sincePause = 0;
    return true;
  }
}
