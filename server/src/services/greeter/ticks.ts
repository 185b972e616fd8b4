import type { Delay } from "../../domain/delay.ts";

/** The time that ticks are measured in. */
export interface TickClock {
  readonly delay: Delay;
  /** Milliseconds on a clock that is never set back. */
  readonly now: () => number;
}

/** When ticks come and when they end. */
export interface TickSchedule {
  /** Milliseconds between two ticks, above 0. */
  readonly interval: number;
  /** How many ticks there are; absent means until the signal is aborted. */
  readonly count?: number | undefined;
}

/**
 * Yields 1 at once, then 2, 3 and so on, each at a multiple of the interval after the start, so that time spent between
 * ticks does not add up. A tick that is late comes at once; when more than one is late the older ones are left out, so
 * that a reader who was away meets no burst. Rejects with the signal's reason once that is aborted.
 */
export async function* ticks(
  { interval, count = Number.POSITIVE_INFINITY }: TickSchedule,
  { delay, now }: TickClock,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const start = now();
  let step = 0;
  for (let number = 1; number <= count; number++) {
    signal.throwIfAborted();
    yield number;
    if (number === count) return;
    const elapsed = now() - start;
    step = Math.max(step + 1, Math.floor(elapsed / interval));
    await pause(Math.max(0, Math.ceil(step * interval - elapsed)), delay, signal);
  }
}

async function pause(milliseconds: number, delay: Delay, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, signal);
  } catch (error) {
    // The reason tells a deadline from a shutdown; the timer's own AbortError does not.
    signal.throwIfAborted();
    throw error;
  }
}
