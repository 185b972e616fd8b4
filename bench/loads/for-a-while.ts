import { setTimeout as pause } from "node:timers/promises";

/** How often a span in which nothing was done is tried again: a busy machine may give a server no time at all. */
const MAX_TRIES = 5;

/** Work that goes on until it is ended, and counts what it has done. */
export interface Ongoing {
  /** How much is done so far. */
  done(): number;
  /** Never resolves; rejects when something of the work fails. */
  readonly failed: Promise<never>;
  end(): void;
}

/** Lets work go on for some seconds; resolves with how much of it was done a second. Rejects when it fails, or nothing was done. */
export async function forAWhile({ done, failed, end }: Ongoing, seconds: number): Promise<number> {
  try {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const start = performance.now();
      const before = done();
      await Promise.race([pause(seconds * 1_000), failed]);
      const count = done() - before;
      if (count > 0) return count / ((performance.now() - start) / 1_000);
    }
    throw new Error(`nothing was done in ${MAX_TRIES} times ${seconds} s`);
  } finally {
    end();
  }
}
