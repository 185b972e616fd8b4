import { TokenBucket, type TokenRate } from "@triptych/rpc/token-bucket.ts";
import { LRUCache } from "lru-cache";

/** What the requests of one address may cost at once, and then each second. */
const RATE: TokenRate = { burst: 1_000, perSecond: 40 };
/** How many addresses are remembered. */
const MAX_ADDRESSES = 10_000;

/** How often each address may ask for a sign-in or a session: full for one that has not come lately. */
export class AddressRates {
  private readonly buckets = new LRUCache<string, TokenBucket>({ max: MAX_ADDRESSES });
  private readonly now: () => number;

  /** `now` is in milliseconds, of a clock that is never set. */
  constructor(now = () => performance.now()) {
    this.now = now;
  }

  /** Takes what a request costs; false, and nothing is taken, where the address has not as much left. */
  take(address: string, cost: number): boolean {
    const now = this.now();
    const known = this.buckets.get(address);
    const bucket = known ?? new TokenBucket(RATE, now);
    if (known === undefined) this.buckets.set(address, bucket);
    return bucket.take(cost, now) === 0;
  }
}
