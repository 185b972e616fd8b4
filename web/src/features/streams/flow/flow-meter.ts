/** How a stream in both directions went in the time before a moment. */
export interface FlowSample {
  /** The moment, in seconds since the stream began. */
  readonly at: number;
  /** Messages a second that this side sent and received. */
  readonly sentRate: number;
  readonly receivedRate: number;
  /** How many were sent whose answers have not been read. */
  readonly inFlight: number;
  /** The longest that a message of that time waited until the connection took it, in milliseconds; while one waits, how long so far. Undefined where there was none. */
  readonly sendLatency: number | undefined;
  /** How long the latest answer that was read had taken, in milliseconds; where none was, how long the oldest message has waited for one so far. */
  readonly latency: number | undefined;
}

/** Counts the messages of a stream in which each message has one answer, in order. Times are in milliseconds. */
export class FlowMeter {
  readonly #start: number;
  // When the messages were sent whose answers are awaited, the oldest at `#oldest`.
  #sentAt: number[] = [];
  #oldest = 0;
  #sent = 0;
  #received = 0;
  #latency: number | undefined;
  // When a message was offered that the connection has not taken yet.
  #offeredAt: number | undefined;
  #sendLatency: number | undefined;
  #lastSample: number;

  constructor(now: number) {
    this.#start = now;
    this.#lastSample = now;
  }

  /** A message is there to be sent. */
  offered(now: number): void {
    this.#offeredAt = now;
    this.#sentAt.push(now);
  }

  /** The connection has taken the message that was there. */
  sent(now: number): void {
    this.#sent += 1;
    this.#sendLatency = Math.max(this.#sendLatency ?? 0, now - (this.#offeredAt ?? now));
    this.#offeredAt = undefined;
  }

  /** The answer to the oldest message without one was read. */
  received(now: number): void {
    this.#received += 1;
    this.#latency = now - (this.#sentAt[this.#oldest] ?? now);
    this.#oldest += 1;
    if (this.#oldest < 1_000) return;
    this.#sentAt = this.#sentAt.slice(this.#oldest);
    this.#oldest = 0;
  }

  /** How it went since the sample before, or since the beginning. */
  sample(now: number): FlowSample {
    const seconds = Math.max(now - this.#lastSample, 1) / 1_000;
    const sample = {
      at: (now - this.#start) / 1_000,
      sentRate: this.#sent / seconds,
      receivedRate: this.#received / seconds,
      inFlight: this.#sentAt.length - this.#oldest,
      sendLatency: longer(this.#sendLatency, this.#offeredAt, now),
      latency: this.#latency ?? longer(undefined, this.#sentAt[this.#oldest], now),
    };
    this.#lastSample = now;
    this.#sent = 0;
    this.#received = 0;
    this.#latency = undefined;
    this.#sendLatency = undefined;
    return sample;
  }
}

/** The longer of two times: one that is known, and that since a moment. */
function longer(known: number | undefined, since: number | undefined, now: number): number | undefined {
  return since === undefined ? known : Math.max(known ?? 0, now - since);
}
