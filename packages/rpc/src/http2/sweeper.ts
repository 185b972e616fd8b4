/** What has time limits. */
export interface Swept {
  /** Ends what has taken too long; the time is in milliseconds, of the sweeper's clock. */
  sweep(now: number): void;
}

/** How a sweeper knows the time. */
export interface SweeperOptions {
  /** A clock that is never set, in milliseconds. */
  readonly now?: () => number;
  /** How often it sweeps, in milliseconds; 0 means only when `sweep` is called. */
  readonly intervalMs?: number;
}

/** Checks everything that has time limits, with one timer for all, which runs while there is something and keeps no process alive. */
export class Sweeper {
  readonly now: () => number;
  private readonly intervalMs: number;
  private readonly swept = new Set<Swept>();
  private timer: NodeJS.Timeout | undefined = undefined;

  constructor({ now = () => performance.now(), intervalMs = 1_000 }: SweeperOptions = {}) {
    this.now = now;
    this.intervalMs = intervalMs;
  }

  add(swept: Swept): void {
    this.swept.add(swept);
    if (this.timer !== undefined || this.intervalMs === 0) return;
    this.timer = setInterval(() => this.sweep(), this.intervalMs);
    this.timer.unref();
  }

  delete(swept: Swept): void {
    this.swept.delete(swept);
    if (this.swept.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  sweep(): void {
    const now = this.now();
    for (const swept of this.swept) swept.sweep(now);
  }
}

/** The sweeper of all connections that are not given another. */
export const defaultSweeper: Sweeper = new Sweeper();
