/** Wakes whoever waits. Remembers nothing: who waits after a ring waits for the next one. */
export interface Bell {
  /** How many wait. */
  readonly waiters: number;
  /** Wakes all that wait. */
  ring(): void;
  /** Resolves at the next ring; rejects with the signal's reason once that is aborted. Leaves nothing behind. */
  wait(signal: AbortSignal): Promise<void>;
}

/** Creates a bell. */
export function createBell(): Bell {
  const waiters = new Set<() => void>();
  return {
    get waiters() {
      return waiters.size;
    },
    ring() {
      // A copy: a waiter that is woken leaves the set, and may come back at once.
      for (const wake of [...waiters]) wake();
    },
    wait(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const leave = () => {
          waiters.delete(onRing);
          signal.removeEventListener("abort", onAbort);
        };
        const onRing = () => {
          leave();
          resolve();
        };
        const onAbort = () => {
          leave();
          reject(signal.reason);
        };
        waiters.add(onRing);
        signal.addEventListener("abort", onAbort);
      });
    },
  };
}
