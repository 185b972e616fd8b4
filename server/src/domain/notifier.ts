/** Wakes what waits. Remembers nothing: a wait that begins after a call of `notify` ends with the next one. */
export interface Notifier {
  /** How many wait. */
  readonly waiters: number;
  /** Wakes all that wait. */
  notify(): void;
  /** Resolves at the next call of `notify`; rejects with the signal's reason once that is aborted. Leaves nothing behind. */
  wait(signal: AbortSignal): Promise<void>;
}

/** Creates a notifier without waiters. */
export function createNotifier(): Notifier {
  const waiters = new Set<() => void>();
  return {
    get waiters() {
      return waiters.size;
    },
    notify() {
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
          waiters.delete(onNotify);
          signal.removeEventListener("abort", onAbort);
        };
        const onNotify = () => {
          leave();
          resolve();
        };
        const onAbort = () => {
          leave();
          reject(signal.reason);
        };
        waiters.add(onNotify);
        signal.addEventListener("abort", onAbort);
      });
    },
  };
}
