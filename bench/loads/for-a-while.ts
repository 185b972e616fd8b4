import { setTimeout as pause } from "node:timers/promises";

/** A busy machine may give a server no time at all: a span in which nothing was done is tried again so many times, longer each time. */
const MAX_TRIES = 5;
const LONGER = 3;

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
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const start = performance.now();
      const before = done();
      await Promise.race([pause(seconds * LONGER ** tries * 1_000), failed]);
      const count = done() - before;
      if (count > 0) return count / ((performance.now() - start) / 1_000);
    }
    throw new Error(`nothing was done in ${MAX_TRIES} tries of ${seconds} s and more`);
  } finally {
    end();
  }
}
