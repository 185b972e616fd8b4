/** Wakes what waits under a key. Holds nothing but the subscriptions. */
export interface Hub {
  /** How many subscriptions there are. */
  readonly waiters: number;
  /** For how many keys. */
  readonly keys: number;
  /** Creates a subscription to a key, which ends when the signal is aborted; all of a key wait equally long. */
  subscribe(key: string, timeoutMs: number, signal: AbortSignal): Subscription;
  /** Wakes all that wait for this key. */
  wake(key: string): void;
  /** Wakes all that wait for this key, one with each step; to be gone through to the end, since they wait for nothing else. */
  wakeOneByOne(key: string): Iterable<void>;
}

/** What waits for one key, again and again. */
export interface Subscription {
  /**
   * Resolves `true` at the next wake, `false` after the time or when left; rejects with the signal's reason when aborted. One wait at
   * a time.
   */
  wait(): Promise<boolean>;
  /** Ends the subscription. To be called unless the signal is aborted first. */
  leave(): void;
}

/** Creates a hub for one process. */
export function createHub(): Hub {
  const waitersByKey = new Map<string, Waiters>();
  return {
    get waiters() {
      return waitersByKey.values().reduce((sum, { size }) => sum + size, 0);
    },
    get keys() {
      return waitersByKey.size;
    },
    subscribe(key, timeoutMs, signal) {
      let waiters = waitersByKey.get(key);
      if (waiters === undefined) {
        waiters = new Waiters(timeoutMs, () => waitersByKey.delete(key));
        waitersByKey.set(key, waiters);
      }
      return new KeySubscription(waiters, signal);
    },
    wake: (key) => waitersByKey.get(key)?.wake(),
    wakeOneByOne: (key) => waitersByKey.get(key)?.wakeOneByOne() ?? [],
  };
}

/** The subscriptions to one key. One timer serves them: they wait equally long, so they are due in the order in which they came. */
class Waiters {
  readonly timeoutMs: number;
  private readonly onEmpty: () => void;
  private readonly subscriptions = new Set<KeySubscription>();
  private waiting = new Set<KeySubscription>();
  private timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number, onEmpty: () => void) {
    this.timeoutMs = timeoutMs;
    this.onEmpty = onEmpty;
  }

  get size(): number {
    return this.subscriptions.size;
  }

  add(subscription: KeySubscription): void {
    this.subscriptions.add(subscription);
  }

  remove(subscription: KeySubscription): void {
    this.waiting.delete(subscription);
    if (!this.subscriptions.delete(subscription) || this.subscriptions.size > 0) return;
    clearTimeout(this.timer);
    this.onEmpty();
  }

  /** Has a subscription wait, which is due at the end of the time. */
  enqueue(subscription: KeySubscription): void {
    this.waiting.add(subscription);
    this.timer ??= setTimeout(() => this.expire(), this.timeoutMs);
  }

  wake(): void {
    for (const subscription of this.take()) subscription.settle(true);
  }

  *wakeOneByOne(): Generator<void> {
    for (const subscription of this.take()) {
      subscription.settle(true);
      yield;
    }
  }

  /** Takes out all that wait: what is woken may come back at once. The timer runs on and then finds what is due. */
  private take(): ReadonlySet<KeySubscription> {
    const woken = this.waiting;
    if (woken.size > 0) this.waiting = new Set();
    return woken;
  }

  private expire(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const subscription of this.waiting) {
      if (subscription.due > now) {
        this.timer = setTimeout(() => this.expire(), Math.ceil(subscription.due - now));
        return;
      }
      this.waiting.delete(subscription);
      subscription.settle(false);
    }
  }
}

class KeySubscription implements Subscription {
  /** When the wait ends, on the clock of `performance.now()`. */
  due = 0;
  private readonly waiters: Waiters;
  private readonly signal: AbortSignal;
  private resolve: ((woken: boolean) => void) | undefined;
  private reject: ((reason: unknown) => void) | undefined;

  constructor(waiters: Waiters, signal: AbortSignal) {
    this.waiters = waiters;
    this.signal = signal;
    this.resolve = undefined;
    this.reject = undefined;
    waiters.add(this);
    // Also for one that never waits, so that its key is forgotten.
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
      this.due = performance.now() + this.waiters.timeoutMs;
      this.waiters.enqueue(this);
    });
  }

  settle(woken: boolean): void {
    this.resolve?.(woken);
    this.resolve = undefined;
    this.reject = undefined;
  }

  leave(): void {
    this.signal.removeEventListener("abort", this);
    this.waiters.remove(this);
    this.settle(false);
  }

  /** The signal is aborted. */
  handleEvent(): void {
    this.reject?.(this.signal.reason);
    this.leave();
  }
}
