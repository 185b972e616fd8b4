import { TokenBucket } from "../token-bucket.ts";
import { ConnectionError } from "./connection-error.ts";
import { ErrorCode } from "./error-code.ts";
import type { Http2Limits } from "./limits.ts";

/** What a frame of the client earns it, in control frames: it may answer each of ours with as many window updates and pings. */
const EARNED_BY_STREAM = 4;
const EARNED_BY_DATA_SENT = 4;

/** Counts what a client may do often but not without end. Each method throws the ConnectionError that ends the connection when it was too often. */
export class FloodGuard {
  private readonly resets: TokenBucket;
  private readonly refusals: TokenBucket;
  private readonly invalid: TokenBucket;
  private readonly control: TokenBucket;
  private readonly now: () => number;

  /** `now` is in milliseconds. */
  constructor(limits: Http2Limits, now: () => number) {
    const full = (burst: number, perSecond: number) => new TokenBucket({ burst, perSecond }, now());
    this.resets = full(limits.resetBurst, limits.resetsPerSecond);
    this.refusals = full(limits.refusedBurst, limits.refusedPerSecond);
    this.invalid = full(limits.invalidBurst, limits.invalidPerSecond);
    this.control = full(limits.controlBurst, limits.controlPerSecond);
    this.now = now;
  }

  /** A stream was given up: by the client's reset, or for what the client did wrong on it. */
  streamAbandoned(): void {
    if (this.isTooOften(this.resets, 1)) throw tooMany("streams reset");
  }

  /** A stream was refused of which the client knew that it was one too many. */
  streamRefused(): void {
    if (this.isTooOften(this.refusals, 1)) throw tooMany("streams beyond the limit");
  }

  /** A frame or header block that a client that keeps to the protocol does not send. */
  invalidFrame(): void {
    if (this.isTooOften(this.invalid, 1)) throw tooMany("invalid frames");
  }

  /** A frame that carries no request: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, empty DATA, CONTINUATION, one of unknown type. */
  controlFrame(cost: number): void {
    if (this.isTooOften(this.control, cost)) throw tooMany("control frames");
  }

  streamOpened(): void {
    this.control.give(EARNED_BY_STREAM);
  }

  dataSent(): void {
    this.control.give(EARNED_BY_DATA_SENT);
  }

  /** The time is asked for only when a bucket is empty: frames come more often than that is worth. */
  private isTooOften(bucket: TokenBucket, amount: number): boolean {
    return !bucket.takeKept(amount) && bucket.take(amount, this.now()) > 0;
  }
}

function tooMany(what: string): ConnectionError {
  return new ConnectionError(ErrorCode.enhanceYourCalm, `too many ${what}`);
}
