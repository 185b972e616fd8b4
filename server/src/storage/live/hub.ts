/** Wakes whoever waits for something under a key. Holds nothing but the waiters. */
export interface Hub {
  /** How many have been taken in and have not left. */
  readonly waiters: number;
  /** For how many keys. */
  readonly keys: number;
  /** Takes someone in who will wait under a key until the signal is aborted; all of a key wait equally long. */
  join(key: string, timeoutMs: number, signal: AbortSignal): Waiter;
  /** Wakes all that wait for this key. */
  wake(key: string): void;
}

/** Someone who waits again and again. */
export interface Waiter {
  /**
   * Resolves `true` at the next wake, `false` after the time or when left; rejects with the signal's reason when aborted. One wait at
   * a time.
   */
  wait(): Promise<boolean>;
  /** Waits no more. To be called by whoever stops before the signal is aborted. */
  leave(): void;
}

/** Creates a hub for one process. */
export function createHub(): Hub {
  const groups = new Map<string, Group>();
  return {
    get waiters() {
      return groups.values().reduce((sum, group) => sum + group.size, 0);
    },
    get keys() {
      return groups.size;
    },
    join(key, timeoutMs, signal) {
      let group = groups.get(key);
      if (group === undefined) {
        group = new Group(timeoutMs, () => groups.delete(key));
        groups.set(key, group);
      }
      return new Seat(group, signal);
    },
    wake: (key) => groups.get(key)?.wake(),
  };
}

/** All who wait under one key. One timer serves them: they wait equally long, so they are due in the order in which they came. */
class Group {
  readonly timeoutMs: number;
  private readonly onEmpty: () => void;
  private readonly seats = new Set<Seat>();
  private waiting = new Set<Seat>();
  private timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number, onEmpty: () => void) {
    this.timeoutMs = timeoutMs;
    this.onEmpty = onEmpty;
  }

  get size(): number {
    return this.seats.size;
  }

  add(seat: Seat): void {
    this.seats.add(seat);
  }

  remove(seat: Seat): void {
    this.waiting.delete(seat);
    if (!this.seats.delete(seat) || this.seats.size > 0) return;
    clearTimeout(this.timer);
    this.onEmpty();
  }

  /** Has someone wait, who is due at the end of the time. */
  enqueue(seat: Seat): void {
    this.waiting.add(seat);
    this.timer ??= setTimeout(() => this.expire(), this.timeoutMs);
  }

  wake(): void {
    const woken = this.waiting;
    if (woken.size === 0) return;
    // Another set: whoever is woken may come back at once. The timer runs on and looks then who is due.
    this.waiting = new Set();
    for (const seat of woken) seat.settle(true);
  }

  private expire(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const seat of this.waiting) {
      if (seat.due > now) {
        this.timer = setTimeout(() => this.expire(), Math.ceil(seat.due - now));
        return;
      }
      this.waiting.delete(seat);
      seat.settle(false);
    }
  }
}

class Seat implements Waiter {
  /** When the wait is over, on the clock of `performance.now()`. */
  due = 0;
  private readonly group: Group;
  private readonly signal: AbortSignal;
  private resolve: ((woken: boolean) => void) | undefined;
  private reject: ((reason: unknown) => void) | undefined;

  constructor(group: Group, signal: AbortSignal) {
    this.group = group;
    this.signal = signal;
    this.resolve = undefined;
    this.reject = undefined;
    group.add(this);
    // Also for one that never waits: its group is gone when it has left.
    if (signal.aborted) this.leave();
    else signal.addEventListener("abort", this);
  }

  wait(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) {
        reject(this.signal.reason);
        return;
      }
      this.resolve = resolve;
      this.reject = reject;
      this.due = performance.now() + this.group.timeoutMs;
      this.group.enqueue(this);
    });
  }

  settle(woken: boolean): void {
    this.resolve?.(woken);
    this.resolve = undefined;
    this.reject = undefined;
  }

  leave(): void {
    this.signal.removeEventListener("abort", this);
    this.group.remove(this);
    this.settle(false);
  }

  /** The signal is aborted. */
  handleEvent(): void {
    this.reject?.(this.signal.reason);
    this.leave();
  }
}
