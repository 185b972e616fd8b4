/** Runs a task when it is its turn, and settles as the task does. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>;

/** Creates turns for so many tasks at once; the others wait, in their order. */
export function createTurns(atOnce: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running < atOnce) running += 1;
    // Whoever ends hands its place on.
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
