/** How a stream in both directions went in the time before a moment. */
export interface FlowSample {
  /** The moment, in seconds since the stream began. */
  readonly at: number;
  /** Messages a second that this side sent and received. */
  readonly sentRate: number;
  readonly receivedRate: number;
  /** How many were sent whose answers have not been read. */
  readonly inFlight: number;
  /** How long the latest answer that was read had taken, in milliseconds; undefined where none was read in that time. */
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
  #lastSample: number;

  constructor(now: number) {
    this.#start = now;
    this.#lastSample = now;
  }

  /** A message was sent. */
  sent(now: number): void {
    this.#sent += 1;
    this.#sentAt.push(now);
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
      latency: this.#latency,
    };
    this.#lastSample = now;
    this.#sent = 0;
    this.#received = 0;
    this.#latency = undefined;
    return sample;
  }
}
