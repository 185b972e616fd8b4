/** Runs a task when it is its turn, and settles as the task does. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>;

/** How many messages are decompressed at once: as many as the runtime has threads for. It would begin more, and hold a part of each until all are done. */
export const DECOMPRESSED_AT_ONCE = 4;

/** Creates turns for so many tasks at once; the others wait, in their order. */
export function createTurns(atOnce: number): Turns {
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
