import type { TokenRate } from "../token-bucket.ts";
import { CallerShare, type CallersInFlight } from "./caller-share.ts";

/** How many callers are remembered. */
const MAX_CALLERS = 10_000;
/** How many are looked at, when one more comes, for one to forget: who has calls in flight stays. */
const MAX_LOOKED_AT = 16;

/**
 * The shares of callers, of a bounded number of them: the one that has come first and has nothing in flight is forgotten for one that is new, which then has a
 * full share. Where none is found to be forgotten, those who are new have one share together.
 */
export class CallerShares {
  private readonly shares = new Map<string, CallerShare>();
  private readonly rate: TokenRate;
  private readonly inFlight: CallersInFlight;
  private readonly maxCallers: number;
  private together: CallerShare | undefined = undefined;

  /** `rate` is what the calls of each may cost; `maxCallers` is how many are remembered, 10,000 unless given. */
  constructor(rate: TokenRate, inFlight: CallersInFlight, maxCallers = MAX_CALLERS) {
    this.rate = rate;
    this.inFlight = inFlight;
    this.maxCallers = maxCallers;
  }

  /** How many are remembered. */
  get size(): number {
    return this.shares.size;
  }

  /** The share of a caller, full where there was none. */
  of(caller: string, now: number): CallerShare {
    return this.shares.get(caller) ?? this.begin(caller, now);
  }

  private begin(caller: string, now: number): CallerShare {
    if (this.shares.size >= this.maxCallers && !this.forgetOne()) {
      this.together ??= new CallerShare(this.rate, now, this.inFlight);
      return this.together;
    }
    const share = new CallerShare(this.rate, now, this.inFlight);
    share.caller = caller;
    this.shares.set(caller, share);
    return share;
  }

  private forgetOne(): boolean {
    let looked = 0;
    for (const [caller, share] of this.shares) {
      this.shares.delete(caller);
      if (share.calls === 0) {
        share.caller = undefined;
        return true;
      }
      // Looked at again once all others were.
      this.shares.set(caller, share);
      looked += 1;
      if (looked === MAX_LOOKED_AT) return false;
    }
    return false;
  }
}
