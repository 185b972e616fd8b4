import { Code, ConnectError } from "@connectrpc/connect";

/** The most bytes of incomplete request messages that a server holds unless something else is set: 256 MiB. */
export const DEFAULT_MAX_BUFFERED_BYTES = 268_435_456;

/** A message that takes longer than this to arrive has to keep the least rate, in milliseconds. */
const RATE_WINDOW_MS = 30_000;
/** The least of an incomplete message that has to come in a second, in bytes. */
const LEAST_BYTES_PER_SECOND = 1_024;
/** How often the rates are looked at, in milliseconds. */
const LOOK_INTERVAL_MS = 1_000;

/** What holds bytes of a request message that is not complete. */
export interface BytesHolder {
  /** Ends the reading with the error and gives the bytes up, by `release`, at once or when that error has reached its reader. */
  refuse(error: ConnectError): void;
}

/** What is known of a holder. */
interface Held {
  bytes: number;
  /** When it began to hold, in milliseconds of the monotonic clock. */
  readonly since: number;
  /** The time that its rate is looked at in: when it began, and how many bytes have come in it. */
  windowStart: number;
  windowBytes: number;
}

/** Within which bounds requests are read. */
export interface RequestBytesOptions {
  /** The most bytes that all calls together hold of messages that are not complete; 0 means as many as come. */
  readonly maxBufferedBytes: number;
  /** How long a message may take before it has to keep the least rate, in milliseconds; 30 s unless given. */
  readonly rateWindowMs?: number;
}

/**
 * The bytes that a server holds of request messages that are not complete, over all calls. When they are more than allowed, those calls are
 * refused with RESOURCE_EXHAUSTED that hold the most bytes for the longest time, until an eighth is free again; a message that comes more
 * slowly than 1 KiB a second, looked at over 30 seconds, is refused with DEADLINE_EXCEEDED. What is complete counts no longer: a message
 * that arrives whole is never to be added.
 */
export class RequestBytes {
  /** How many calls were refused because all together held too much. */
  refused = 0;
  /** How many calls were refused because their message came too slowly. */
  tooSlow = 0;
  private readonly limit: number;
  private readonly rateWindowMs: number;
  private readonly holders = new Map<BytesHolder, Held>();
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor({ maxBufferedBytes, rateWindowMs = RATE_WINDOW_MS }: RequestBytesOptions) {
    this.limit = maxBufferedBytes === 0 ? Number.POSITIVE_INFINITY : maxBufferedBytes;
    this.rateWindowMs = rateWindowMs;
    this.timer = undefined;
  }

  /** How many bytes are held now. */
  get total(): number {
    return this.bytes;
  }

  /** Counts bytes that have come; may refuse this holder, or others, before it returns. */
  add(holder: BytesHolder, bytes: number): void {
    const held = this.holders.get(holder) ?? this.begin(holder);
    held.bytes += bytes;
    held.windowBytes += bytes;
    this.bytes += bytes;
    if (this.bytes > this.limit) this.shed();
  }

  /** The holder holds nothing more: its message is complete, or its call is over. Does nothing for one that holds nothing. */
  release(holder: BytesHolder): void {
    const held = this.holders.get(holder);
    if (held === undefined) return;
    this.holders.delete(holder);
    this.bytes -= held.bytes;
    if (this.holders.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private begin(holder: BytesHolder): Held {
    const now = performance.now();
    const held = { bytes: 0, since: now, windowStart: now, windowBytes: 0 };
    this.holders.set(holder, held);
    this.timer ??= setInterval(() => this.look(), LOOK_INTERVAL_MS).unref();
    return held;
  }

  /** Refuses the largest and slowest. More than is needed, so that not every further byte begins another search. */
  private shed(): void {
    const now = performance.now();
    const weight = ({ bytes, since }: Held) => bytes * (now - since + LOOK_INTERVAL_MS);
    const heaviest = [...this.holders].sort(([, a], [, b]) => weight(b) - weight(a));
    for (const [holder] of heaviest) {
      if (this.bytes <= this.limit * (7 / 8)) return;
      this.refused += 1;
      this.end(holder, new ConnectError(this.text, Code.ResourceExhausted));
    }
  }

  private get text(): string {
    return `the server must hold at most ${this.limit} bytes of incomplete request messages: try again later`;
  }

  private look(): void {
    const now = performance.now();
    for (const [holder, held] of this.holders) {
      const elapsedMs = now - held.windowStart;
      if (elapsedMs < this.rateWindowMs) continue;
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
    holder.refuse(error);
  }
}
