import type { Call } from "./call.ts";
import type { CallerShare } from "./caller-share.ts";

/** How long a refusal waits of a caller who is refused again and again, in milliseconds. */
const DELAY_MS = 1_000;
/** By how many steps, of up to as long again, such refusals are spread. */
const SPREAD_STEPS = 100;
/** How many wait in all, and which part of the calls in flight they may be. */
const MAX_DELAYED = 2_000;
const PART_OF_CALLS = 1 / 10;

/**
 * Refuses calls: at once, or, where their caller is refused again and again, after one to two seconds, so that to call on and on costs the server little. What waits has
 * a place among the calls in flight: at most a tenth of them and 2,000, and of one caller half as many; others are answered at once.
 */
export class DelayedRefusals {
  private readonly maxDelayed: number;
  private readonly maxOfCaller: number;
  private waiting = 0;
  private made = 0;

  /** `maxCallsInFlight` is how many calls of all callers may be in flight; infinite for as many as come. */
  constructor(maxCallsInFlight: number) {
    this.maxDelayed = Math.min(MAX_DELAYED, Math.floor(maxCallsInFlight * PART_OF_CALLS));
    this.maxOfCaller = Math.floor(this.maxDelayed / 2);
  }

  /** Calls `answer` once: in time, or as soon as the call is aborted. */
  refuse(call: Pick<Call, "startedAt" | "onAbort">, share: CallerShare, answer: () => void): void {
    const hasPlace = this.waiting < this.maxDelayed && share.delayed < this.maxOfCaller;
    if (!share.isRefusedAgain(call.startedAt) || !hasPlace) {
      answer();
      return;
    }
    share.delayed += 1;
    this.waiting += 1;
    const end = () => {
      clearTimeout(timer);
      call.onAbort = undefined;
      share.delayed -= 1;
      this.waiting -= 1;
      answer();
    };
    const timer = setTimeout(end, DELAY_MS + this.spread());
    call.onAbort = end;
  }

  /** What is refused in one turn of the event loop must not come back in one. */
  private spread(): number {
    this.made = (this.made + 1) % SPREAD_STEPS;
    return (this.made / SPREAD_STEPS) * DELAY_MS;
  }
}
