import { nextTask } from "../call/next-task.ts";

/** How long one slice may take, in milliseconds: well below what a person notices. */
const SLICE_MS = 8;

/**
 * Does something with each item, in slices between which the page does what else there is to do. Ends early once the signal is aborted; whether it came
 * to the end.
 */
export async function inSlices<T>(
  items: readonly T[],
  each: (item: T, index: number) => void,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<boolean> {
  let until = now() + SLICE_MS;
  for (const [index, item] of items.entries()) {
    if (now() > until) {
      await nextTask();
      until = now() + SLICE_MS;
    }
    if (signal.aborted) return false;
    each(item, index);
  }
  return !signal.aborted;
}
