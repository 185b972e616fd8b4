import { Code, ConnectError } from "@connectrpc/connect";

/** The most bytes of incomplete request messages that a server holds unless something else is set: 256 MiB. */
export const DEFAULT_MAX_BUFFERED_BYTES = 268_435_456;

/** A message that takes longer than this to arrive has to keep the least rate, in milliseconds. */
const RATE_WINDOW_MS = 30_000;
/** The least of an incomplete message that has to come in a second, in bytes. */
const LEAST_BYTES_PER_SECOND = 1_024;
/** How often the rates are checked, in milliseconds. */
const SWEEP_INTERVAL_MS = 1_000;

/** What holds bytes of a request message that is not complete. */
export interface BytesHolder {
  /** Ends the reading with the error and gives the bytes up, by `release`, at once or when that error has reached its reader. */
  reject(error: ConnectError): void;
}

/** What is known of a holder. */
interface Held {
  bytes: number;
  /** When it began to hold, in milliseconds of the monotonic clock. */
  readonly since: number;
  /** The time that its rate is measured in: when it began, and how many bytes have come in it. */
  windowStart: number;
  windowBytes: number;
}

/** Within which bounds requests are read. */
export interface RequestBytesOptions {
  /** The most bytes that all calls together hold of messages that are not complete; 0 means as many as come. */
  readonly maxBufferedBytes: number;
}

/**
 * The bytes that a server holds of request messages that are not complete, over all calls. When they are more than allowed, those calls are
 * rejected with RESOURCE_EXHAUSTED that hold the most bytes for the longest time, until an eighth is free again; a message that comes more
 * slowly than 1 KiB a second, measured over 30 seconds, is rejected with DEADLINE_EXCEEDED. What is complete counts no longer: a message
 * that arrives whole is never to be added.
 */
export class RequestBytes {
  /** How many calls were rejected because all together held too much. */
  rejected = 0;
  /** How many calls were rejected because their message came too slowly. */
  tooSlow = 0;
  private readonly limit: number;
  private readonly holders = new Map<BytesHolder, Held>();
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor({ maxBufferedBytes }: RequestBytesOptions) {
    this.limit = maxBufferedBytes === 0 ? Number.POSITIVE_INFINITY : maxBufferedBytes;
    this.timer = undefined;
  }

  /** How many bytes are held now. */
  get total(): number {
    return this.bytes;
  }

  /** Counts bytes that have come; may reject this holder, or others, before it returns. Only one that `keepsRate` may be too slow. */
  add(holder: BytesHolder, bytes: number, keepsRate = true): void {
    const held = this.holders.get(holder) ?? this.begin(holder, keepsRate);
    held.bytes += bytes;
    held.windowBytes += bytes;
    this.bytes += bytes;
    if (this.bytes > this.limit) this.shed();
  }

  /** The holder holds nothing more: its message is complete, or its call has ended. Does nothing for one that holds nothing. */
  release(holder: BytesHolder): void {
    const held = this.holders.get(holder);
    if (held === undefined) return;
    this.holders.delete(holder);
    this.bytes -= held.bytes;
    if (this.holders.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private begin(holder: BytesHolder, keepsRate: boolean): Held {
    const now = performance.now();
    const windowStart = keepsRate ? now : Number.POSITIVE_INFINITY;
    const held = { bytes: 0, since: now, windowStart, windowBytes: 0 };
    this.holders.set(holder, held);
    this.timer ??= setInterval(() => this.sweep(), SWEEP_INTERVAL_MS).unref();
    return held;
  }

  /** Rejects the largest and slowest. More than is needed, so that not every further byte begins another search. */
  private shed(): void {
    const now = performance.now();
    const weight = ({ bytes, since }: Held) => bytes * (now - since + SWEEP_INTERVAL_MS);
    const heaviest = [...this.holders].sort(([, a], [, b]) => weight(b) - weight(a));
    for (const [holder] of heaviest) {
      if (this.bytes <= this.limit * (7 / 8)) return;
      this.rejected += 1;
      this.end(holder, new ConnectError(this.text, Code.ResourceExhausted));
    }
  }

  private get text(): string {
    return `the server must hold at most ${this.limit} bytes of incomplete request messages: try again later`;
  }

  private sweep(): void {
    const now = performance.now();
    for (const [holder, held] of this.holders) {
      const elapsedMs = now - held.windowStart;
      if (elapsedMs < RATE_WINDOW_MS) continue;
      if (held.windowBytes < (elapsedMs / 1_000) * LEAST_BYTES_PER_SECOND) {
        this.tooSlow += 1;
        const text = `a message must come at ${LEAST_BYTES_PER_SECOND} bytes a second or more: got ${held.windowBytes} in ${Math.round(elapsedMs / 1_000)} s`;
        this.end(holder, new ConnectError(text, Code.DeadlineExceeded));
      } else {
        held.windowStart = now;
        held.windowBytes = 0;
      }
    }
  }

  private end(holder: BytesHolder, error: ConnectError): void {
    this.release(holder);
    holder.reject(error);
  }
}
