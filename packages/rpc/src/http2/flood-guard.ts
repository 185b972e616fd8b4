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

  constructor(limits: Http2Limits, now: () => number) {
    this.resets = new TokenBucket(limits.resetBurst, limits.resetsPerSecond, now);
    this.refusals = new TokenBucket(limits.refusedBurst, limits.refusedPerSecond, now);
    this.invalid = new TokenBucket(limits.invalidBurst, limits.invalidPerSecond, now);
    this.control = new TokenBucket(limits.controlBurst, limits.controlPerSecond, now);
  }

  /** A stream was given up: by the client's reset, or for what the client did wrong on it. */
  streamAbandoned(): void {
    if (!this.resets.take(1)) throw tooMany("streams reset");
  }

  /** A stream was refused of which the client knew that it was one too many. */
  streamRefused(): void {
    if (!this.refusals.take(1)) throw tooMany("streams beyond the limit");
  }

  /** A frame or header block that a client that keeps to the protocol does not send. */
  invalidFrame(): void {
    if (!this.invalid.take(1)) throw tooMany("invalid frames");
  }

  /** A frame that carries no request: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, empty DATA, CONTINUATION, one of unknown type. */
  controlFrame(cost: number): void {
    if (!this.control.take(cost)) throw tooMany("control frames");
  }

  streamOpened(): void {
    this.control.give(EARNED_BY_STREAM);
  }

  dataSent(): void {
    this.control.give(EARNED_BY_DATA_SENT);
  }
}

function tooMany(what: string): ConnectionError {
  return new ConnectionError(ErrorCode.enhanceYourCalm, `too many ${what}`);
}
