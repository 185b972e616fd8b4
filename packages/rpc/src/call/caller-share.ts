import { TokenBucket, type TokenRate } from "../token-bucket.ts";

/** How often a caller is refused at once; one who is refused more often is so with a delay. */
const REFUSALS: TokenRate = { perSecond: 10, burst: 100 };

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
  /** The caller who has it alone, until it is forgotten. */
  caller: string | undefined = undefined;
  private readonly costs: TokenBucket;
  private readonly refusals: TokenBucket;
  private readonly burst: number;
  private readonly inFlight: CallersInFlight;

  /** Full, at a time in milliseconds; `rate` is what calls may cost. */
  constructor(rate: TokenRate, now: number, inFlight: CallersInFlight) {
    this.costs = new TokenBucket(rate, now);
    this.refusals = new TokenBucket(REFUSALS, now);
    this.burst = rate.burst;
    this.inFlight = inFlight;
  }

  /** Takes what a call costs, at most all that a full share holds; returns 0, or, where there is not as much left, in how many milliseconds there is, and takes nothing. */
  take(cost: number, now: number): number {
    return this.costs.take(Math.min(cost, this.burst), now);
  }

  /** In how many milliseconds there is as much as a call costs; 0 where there is. */
  wait(cost: number, now: number): number {
    return this.costs.wait(Math.min(cost, this.burst), now);
  }

  /** A call is refused; returns whether the caller was so again and again. */
  isRefusedAgain(now: number): boolean {
    return this.refusals.take(1, now) > 0;
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
