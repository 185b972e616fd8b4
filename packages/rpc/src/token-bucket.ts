/** How fast a bucket fills again, and how much it holds. */
export interface TokenRate {
  /** Infinite where as many may be taken as one likes. */
  readonly perSecond: number;
  /** How many may be taken at once. */
  readonly burst: number;
}

/** So many of something at once, and then so many a second. Times are in milliseconds, of one clock that is never set back. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;
  private readonly rate: TokenRate;

  /** Full. */
  constructor(rate: TokenRate, now: number) {
    this.rate = rate;
    this.tokens = rate.burst;
    this.filledAt = now;
  }

  /** Takes tokens of those that were there when it was last filled; false when there are not as many. For what comes too often to ask for the time. */
  takeKept(amount: number): boolean {
    if (this.tokens < amount) return false;
    this.tokens -= amount;
    return true;
  }

  /** Takes tokens and returns 0; or, where there are not as many, in how many milliseconds there are, and takes none. */
  take(amount: number, now: number): number {
    const waitMs = this.wait(amount, now);
    if (waitMs === 0) this.tokens -= amount;
    return waitMs;
  }

  /** In how many milliseconds there are as many tokens, which may be more than it holds; 0 where there are. */
  wait(amount: number, now: number): number {
    const { perSecond, burst } = this.rate;
    if (now > this.filledAt) {
      this.tokens = Math.min(burst, this.tokens + ((now - this.filledAt) / 1_000) * perSecond);
      this.filledAt = now;
    }
    return this.tokens < amount ? ((amount - this.tokens) / perSecond) * 1_000 : 0;
  }

  /** Puts tokens in, up to what may be taken at once. */
  give(amount: number): void {
    if (this.tokens < this.rate.burst) this.tokens += amount;
  }
}
