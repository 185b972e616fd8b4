/** So many of something at once, and then so many a second. The clock is read only when the bucket is empty. */
export class TokenBucket {
  private tokens: number;
  private readonly burst: number;
  private readonly perSecond: number;
  private readonly now: () => number;
  private filledAt: number;

  /** `now` is in milliseconds. */
  constructor(burst: number, perSecond: number, now: () => number) {
    this.burst = burst;
    this.tokens = burst;
    this.perSecond = perSecond;
    this.now = now;
    this.filledAt = now();
  }

  /** Takes tokens; false when there are not as many. */
  take(amount: number): boolean {
    if (this.tokens < amount) this.fill();
    if (this.tokens < amount) return false;
    this.tokens -= amount;
    return true;
  }

  /** Puts tokens in, up to what may be taken at once. */
  give(amount: number): void {
    if (this.tokens < this.burst) this.tokens += amount;
  }

  private fill(): void {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1_000) * this.perSecond);
    this.filledAt = now;
  }
}
