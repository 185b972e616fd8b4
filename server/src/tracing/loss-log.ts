import type { Logger } from "pino";

/** How long losses gather before they are logged, and how often they are at most, in milliseconds. */
const GATHER_MS = 1_000;
const LOG_EVERY_MS = 60_000;

/** Logs how many spans were lost since it last did: a second after the first of them, and once a minute at most. */
export class LossLog {
  private readonly logger: Pick<Logger, "warn">;
  private count = 0;
  private why = "";
  private timer: NodeJS.Timeout | undefined = undefined;
  private loggedAt = Number.NEGATIVE_INFINITY;

  constructor(logger: Pick<Logger, "warn">) {
    this.logger = logger;
  }

  /** So many were lost; of all reasons since the last line the latest is logged. */
  add(count: number, why: string): void {
    this.count += count;
    this.why = why;
    const wait = Math.max(GATHER_MS, this.loggedAt + LOG_EVERY_MS - performance.now());
    this.timer ??= setTimeout(() => this.flush(), wait).unref();
  }

  /** Logs at once what is not logged yet. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.count === 0) return;
    this.logger.warn({ count: this.count, why: this.why }, "spans are lost");
    this.loggedAt = performance.now();
    this.count = 0;
  }
}
