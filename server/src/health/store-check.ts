import type { Delay } from "../domain/delay.ts";
/** What a check of the store works with. */
export interface StoreCheckOptions {
  /** Asks the store for something small; rejects when it cannot answer. */
  readonly ask: () => Promise<unknown>;
  /** How long the store may take to answer, in milliseconds. */
  readonly limitMs: number;
  /** Resolves after the milliseconds given; rejects once the signal is aborted. */
  readonly delay: Delay;
  /** Told of the result of each check. */
  readonly report: (answers: boolean) => void;
  /** Told what the store failed with, when it answers with an error. */
  readonly onError: (error: unknown) => void;
}

/** Asks the store and reports whether it answered in time; resolves when it has reported, and never rejects. */
export type StoreCheck = () => Promise<void>;

/** Creates a check. Checks made at the same time are one, and a store that has yet to answer is not asked again. */
export function createStoreCheck({ ask, limitMs, delay, report, onError }: StoreCheckOptions): StoreCheck {
  let unanswered = false;
  let checking: Promise<void> | undefined;

  async function askStore(): Promise<boolean> {
    unanswered = true;
    try {
      await ask();
      return true;
    } catch (error) {
      onError(error);
      return false;
    } finally {
      unanswered = false;
    }
  }

  async function answersInTime(): Promise<boolean> {
    if (unanswered) return false;
    const answered = new AbortController();
    const late = delay(limitMs, answered.signal).then(
      () => false,
      () => false,
    );
    const answers = await Promise.race([askStore(), late]);
    answered.abort();
    return answers;
  }

  async function check(): Promise<void> {
    report(await answersInTime());
    checking = undefined;
  }

  return () => {
    checking ??= check();
    return checking;
  };
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
