/** Wakes whoever waits for something under a key. Holds nothing but the waiters. */
export interface Hub {
  /** Resolves `true` at the next wake of this key, `false` after `timeoutMs`; rejects with the signal's reason when aborted. */
  wait(key: string, timeoutMs: number, signal: AbortSignal): Promise<boolean>;
  /** Wakes all that wait for this key. */
  wake(key: string): void;
}

/** Creates a hub for one process. */
export function createHub(): Hub {
  const waiters = new Map<string, Set<() => void>>();

  function remove(key: string, waiter: () => void): void {
    const group = waiters.get(key);
    group?.delete(waiter);
    if (group?.size === 0) waiters.delete(key);
  }

  return {
    wait(key, timeoutMs, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const settle = (conclude: () => void) => () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", onAbort);
          remove(key, onWake);
          conclude();
        };
        const onWake = settle(() => resolve(true));
        const onAbort = settle(() => reject(signal.reason));
        const timer = setTimeout(
          settle(() => resolve(false)),
          timeoutMs,
        );
        signal.addEventListener("abort", onAbort);
        const group = waiters.get(key) ?? new Set();
        waiters.set(key, group.add(onWake));
      });
    },
    wake(key) {
      // A copy: a waiter that is woken leaves the set, and may come back at once.
      for (const waiter of [...(waiters.get(key) ?? [])]) waiter();
    },
  };
}
