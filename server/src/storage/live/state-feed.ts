import type { Hub } from "./hub.ts";

/** A value that changes, and those who follow it. */
export interface StateFeed<T> {
  /** The value now. */
  readonly current: T;
  /** Replaces the value and wakes the followers. */
  set(value: T): void;
  /**
   * Yields the value at once, then whenever it has changed, and again as heartbeat while it does not; a slow follower skips to
   * the newest. Never ends by itself; rejects with the signal's reason once that is aborted.
   */
  follow(signal: AbortSignal): AsyncIterable<T>;
}

/** Creates a feed of a value that lives in memory; `key` is what its followers wait for at the hub. */
export function createStateFeed<T>(
  initial: T,
  { hub, key, heartbeatMs }: { readonly hub: Hub; readonly key: string; readonly heartbeatMs: number },
): StateFeed<T> {
  let current = initial;
  return {
    get current() {
      return current;
    },
    set(value) {
      current = value;
      hub.wake(key);
    },
    async *follow(signal) {
      const subscription = hub.subscribe(key, heartbeatMs, signal);
      try {
        for (;;) {
          signal.throwIfAborted();
          const sent = current;
          yield sent;
          if (current === sent) await subscription.wait();
        }
      } finally {
        subscription.leave();
      }
    },
  };
}
