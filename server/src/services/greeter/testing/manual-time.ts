import type { TickClock } from "../ticks.ts";

/** A clock that stands still until a test moves it. */
export interface ManualTime extends TickClock {
  /** Resolves with the milliseconds asked for once a delay is waited for; at once where one is already. */
  waiting(): Promise<number>;
  /** Moves the clock on and ends the waits that are over by then. */
  advance(milliseconds: number): void;
  /** Resolves once nobody waits; at once where nobody does. */
  idle(): Promise<void>;
  /** How many waits are neither over nor aborted. */
  readonly pending: number;
}

interface Wait {
  readonly milliseconds: number;
  readonly due: number;
  readonly end: () => void;
}

/** Creates a clock for tests that starts at a time unlike 0, in milliseconds. */
export function createManualTime(start = 5_000): ManualTime {
  let time = start;
  const waits = new Set<Wait>();
  let idle = Promise.withResolvers<void>();
  idle.resolve();
  let announce = Promise.withResolvers<void>();

  function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wait: Wait = { milliseconds, due: time + milliseconds, end: resolve };
    const onAbort = () => reject(new DOMException("the wait was aborted", "AbortError"));
    if (signal.aborted) onAbort();
    else {
      if (waits.size === 0) idle = Promise.withResolvers<void>();
      waits.add(wait);
      signal.addEventListener("abort", onAbort, { once: true });
      announce.resolve();
    }
    return promise.finally(() => {
      remove(wait);
      signal.removeEventListener("abort", onAbort);
    });
  }

  function remove(wait: Wait): void {
    waits.delete(wait);
    if (waits.size === 0) idle.resolve();
  }

  return {
    delay,
    idle: () => idle.promise,
    now: () => time,
    get pending() {
      return waits.size;
    },
    async waiting() {
      await announce.promise;
      const [wait] = waits;
      if (wait === undefined) throw new Error("the wait is over already");
      return wait.milliseconds;
    },
    advance(milliseconds) {
      time += milliseconds;
      announce = Promise.withResolvers<void>();
      const over = [...waits].filter(({ due }) => due <= time);
      for (const wait of over) {
        remove(wait);
        wait.end();
      }
      if (waits.size > 0) announce.resolve();
    },
  };
}
