/** Runs a task when fewer than the limit are running, and settles as the task does. */
export type ConcurrencyLimit = <T>(task: () => Promise<T>) => Promise<T>;

/** How many messages are decompressed at once: as many as the runtime has threads for. It would begin more, and hold a part of each until all are done. */
export const MAX_DECOMPRESSIONS = 4;

/** Creates a limit of so many tasks at once; the others wait, in their order. */
export function createConcurrencyLimit(atOnce: number): ConcurrencyLimit {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running < atOnce) running += 1;
    // A task that ends hands its place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
