/** How fast a bucket fills again, and how much it holds. */
export interface ShareRate {
  /** Infinite where calls may cost what they like. */
  readonly costPerSecond: number;
  /** What calls may cost at once. */
  readonly burst: number;
}

/** What may be taken of something: so much at once, and then so much a second. Times are in milliseconds. */
class Bucket {
  private left: number;
  private filledAt: number;

  /** Full. */
  constructor(burst: number, now: number) {
    this.left = burst;
    this.filledAt = now;
  }

  take(wanted: number, now: number, rate: ShareRate): number {
    const waitMs = this.wait(wanted, now, rate);
    if (waitMs === 0) this.left -= Math.min(wanted, rate.burst);
    return waitMs;
  }

  wait(wanted: number, now: number, { costPerSecond, burst }: ShareRate): number {
    const cost = Math.min(wanted, burst);
    if (now > this.filledAt) {
      this.left = Math.min(burst, this.left + ((now - this.filledAt) / 1_000) * costPerSecond);
      this.filledAt = now;
    }
    return this.left < cost ? ((cost - this.left) / costPerSecond) * 1_000 : 0;
  }
}

/** How often a caller is refused at once; one who is refused more often is so with a delay. */
const REFUSALS: ShareRate = { costPerSecond: 10, burst: 100 };

/** How many callers have calls in flight: one count for all of them. */
export interface CallersInFlight {
  count: number;
}

/** What one caller has of the server: what its calls may still cost, and what is counted of those in flight. */
export class CallerShare {
  /** Calls in flight, streams included. */
  calls = 0;
  streams = 0;
  /** Bytes of request messages that are not complete. */
  bytes = 0;
  /** Calls that are refused with a delay, which has not passed yet. */
  delayed = 0;
  private readonly costs: Bucket;
  private readonly refusals: Bucket;
  private readonly inFlight: CallersInFlight;

  /** Full, at a time in milliseconds. */
  constructor(burst: number, now: number, inFlight: CallersInFlight) {
    this.costs = new Bucket(burst, now);
    this.refusals = new Bucket(REFUSALS.burst, now);
    this.inFlight = inFlight;
  }

  /** Takes what a call costs, at most all that a full share holds; returns 0, or, where there is not as much left, in how many milliseconds there is, and takes nothing. */
  take(cost: number, now: number, rate: ShareRate): number {
    return this.costs.take(cost, now, rate);
  }

  /** In how many milliseconds there is as much as a call costs; 0 where there is. */
  wait(cost: number, now: number, rate: ShareRate): number {
    return this.costs.wait(cost, now, rate);
  }

  /** A call is refused; returns whether the caller was so again and again. */
  isRefusedAgain(now: number): boolean {
    return this.refusals.take(1, now, REFUSALS) > 0;
  }

  /** A call has begun; `ended` is to be called once for it. */
  began(isStream: boolean): void {
    if (this.calls === 0) this.inFlight.count += 1;
    this.calls += 1;
    if (isStream) this.streams += 1;
  }

  /** A call has ended. */
  ended(isStream: boolean): void {
    this.calls -= 1;
    if (isStream) this.streams -= 1;
    if (this.calls === 0) this.inFlight.count -= 1;
  }
}
