import type { Delay } from "../domain/delay.ts";
/** What a check of the store works with. */
export interface StoreCheckOptions {
  /** Asks the store for something small; rejects when it cannot answer. */
  readonly ask: () => Promise<unknown>;
  /** How long the store may take to answer, in milliseconds. */
  readonly limitMs: number;
  /** Resolves after the milliseconds given; rejects once the signal is aborted. */
  readonly delay: Delay;
  /** Told of the result of each check: nothing, or what the store failed with. */
  readonly report: (failure: unknown) => void;
}

/** Asks the store and reports whether it answered in time; resolves when it has reported, and never rejects. */
export type StoreCheck = () => Promise<void>;

/** Creates a check. Checks made at the same time are one, and a store that has yet to answer is not asked again. */
export function createStoreCheck({ ask, limitMs, delay, report }: StoreCheckOptions): StoreCheck {
  let unanswered = false;
  let checking: Promise<void> | undefined;

  async function askStore(): Promise<unknown> {
    unanswered = true;
    try {
      await ask();
      return undefined;
    } catch (error) {
      return error;
    } finally {
      unanswered = false;
    }
  }

  async function failureInTime(): Promise<unknown> {
    if (unanswered) return isLate();
    const answered = new AbortController();
    // An answer that is there already counts: where the event loop was held up, timers come before it.
    const late = delay(limitMs, answered.signal).then(nextTurn, nextTurn).then(isLate);
    const failure = await Promise.race([askStore(), late]);
    answered.abort();
    return failure;
  }

  function isLate(): Error {
    return new Error(`the store has not answered for ${limitMs} ms`);
  }

  async function check(): Promise<void> {
    report(await failureInTime());
    checking = undefined;
  }

  return () => {
    checking ??= check();
    return checking;
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Repeats a check after each pause, in milliseconds, until the signal is aborted; then resolves. */
export async function repeatCheck(
  check: StoreCheck,
  pauseMs: number,
  delay: StoreCheckOptions["delay"],
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    // Only the abort of the signal ends a pause early, and it ends the repetition too.
    await delay(pauseMs, signal).catch(() => undefined);
    if (signal.aborted) return;
    await check();
  }
}
