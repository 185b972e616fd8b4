import { setTimeout } from "node:timers/promises";
import { StoreBusy } from "../../domain/errors.ts";
import { troubleOf } from "./store-trouble.ts";

/** How long after a lock was found a transaction is tried again, in milliseconds. */
const RETRY_MS = 25;

/**
 * Runs a transaction; while another process has the store locked, again and again for so many milliseconds. The event loop is free
 * meanwhile, which it would not be if SQLite waited.
 * @throws StoreBusy when the lock outlasts that; whatever else the transaction throws, as it is.
 */
export async function waitForLock<T>(limitMs: number, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const trouble = troubleOf(error);
      if (!(trouble instanceof StoreBusy)) throw error;
      if (performance.now() - start >= limitMs) throw trouble;
      await setTimeout(RETRY_MS);
    }
  }
}
