/** How often something may happen. */
export interface RateBoundOptions {
  /** How often at once. */
  readonly burst: number;
  /** How many times more each second. */
  readonly perSecond: number;
  /** Milliseconds of a clock that only goes forward; `performance.now` unless given. */
  readonly now?: () => number;
}

/** Bounds how often a client may do something that costs more than it shows, by a bucket that fills up again. */
export class RateBound {
  private readonly burst: number;
  private readonly perMillisecond: number;
  private readonly now: () => number;
  private left: number;
  private filledAt: number;

  constructor({ burst, perSecond, now = () => performance.now() }: RateBoundOptions) {
    this.burst = burst;
    this.perMillisecond = perSecond / 1_000;
    this.now = now;
    this.left = burst;
    this.filledAt = now();
  }

  /** Counts it; false when that was once too often. */
  take(): boolean {
    const now = this.now();
    this.left = Math.min(this.burst, this.left + (now - this.filledAt) * this.perMillisecond);
    this.filledAt = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
