import type { Attributes } from "../domain/span.ts";
import { exportRequest } from "./otlp-json.ts";
import type { RecordedSpan } from "./recorded-span.ts";
import { SpanQueue } from "./span-queue.ts";

/** Sends a request to export spans; resolves with the status of HTTP, and rejects when there is no answer or it is aborted. */
export type SendSpans = (body: string, signal: AbortSignal) => Promise<number>;

/** What spans are exported with. */
export interface SpanExporterOptions {
  readonly send: SendSpans;
  /** What is said of the server. */
  readonly resource: Attributes;
  /** Told when spans are lost, and why. */
  readonly onLost: (count: number, why: string) => void;
}

/** How long spans wait for others before they are sent, in milliseconds. */
const GATHER_MS = 1_000;
/** How long a receiver may take for a request, in milliseconds. */
const SEND_MS = 10_000;
/** How often a request is tried that the receiver could not take now, and the wait before each further time, in milliseconds. */
const TRIES = 3;
const RETRY_MS = 1_000;
/** How long it takes at most to send what is left at the end, in milliseconds. */
const CLOSE_MS = 2_500;
/** The statuses of HTTP that ask for another try. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const OUT_OF_TIME = "the server has stopped";

/** Sends spans that are over, some at a time, to a receiver of OTLP. Never holds up what made them: a receiver that is gone costs spans. */
export class SpanExporter {
  /** How many spans were lost. */
  lost = 0;
  private readonly options: SpanExporterOptions;
  private readonly queue = new SpanQueue();
  private timer: NodeJS.Timeout | undefined = undefined;
  private sending: Promise<void> | undefined = undefined;
  /** Aborts the request that is under way. */
  private request: AbortController | undefined = undefined;
  private endPause: (() => void) | undefined = undefined;
  private isClosing = false;
  private isOutOfTime = false;

  constructor(options: SpanExporterOptions) {
    this.options = options;
  }

  /** Takes a span that is over. */
  add(span: RecordedSpan): void {
    if (this.queue.push(span)) this.schedule();
    else this.lose(1, "too many spans wait");
  }

  /** Sends what waits, without another try of what fails, for 2.5 seconds at most: what is left then is lost. */
  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.timer);
    this.endPause?.();
    const timer = setTimeout(() => {
      this.isOutOfTime = true;
      this.request?.abort(OUT_OF_TIME);
    }, CLOSE_MS);
    await this.sending;
    await this.sendAll();
    clearTimeout(timer);
  }

  private schedule(): void {
    if (this.queue.isEmpty || this.sending !== undefined || this.isClosing) return;
    if (this.queue.hasBatch) this.startSending();
    else this.timer ??= setTimeout(() => this.startSending(), GATHER_MS).unref();
  }

  private startSending(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // In a turn of its own: the call that has ended last does not wait until the request is written.
    const turn = new Promise<void>((resolve) => setImmediate(resolve));
    this.sending = turn
      .then(() => this.sendAll())
      .finally(() => {
        this.sending = undefined;
        this.schedule();
      });
  }

  private async sendAll(): Promise<void> {
    while (!this.queue.isEmpty) await this.sendBatch(this.queue.takeBatch());
  }

  private async sendBatch(spans: readonly RecordedSpan[]): Promise<void> {
    if (this.isOutOfTime) return this.lose(spans.length, OUT_OF_TIME);
    const body = exportRequest(spans, this.options.resource);
    for (let tries = 1; ; tries++) {
      const problem = await this.trySending(body);
      if (problem === undefined) return;
      if (!problem.mayPass || tries === TRIES || this.isClosing) return this.lose(spans.length, problem.why);
      await this.pause(RETRY_MS * tries);
    }
  }

  /** Waits, not longer than until it is closed. Keeps the process alive, which would end with its last timer. */
  private async pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.endPause = resolve;
    await promise;
    clearTimeout(timer);
  }

  private async trySending(body: string): Promise<{ readonly why: string; readonly mayPass: boolean } | undefined> {
    const request = new AbortController();
    this.request = request;
    const timer = setTimeout(() => request.abort("the receiver did not answer in time"), SEND_MS);
    try {
      const status = await this.options.send(body, request.signal);
      if (status >= 200 && status < 300) return undefined;
      return { why: `the receiver answered ${status}`, mayPass: RETRYABLE.has(status) };
    } catch (error) {
      return { why: String(request.signal.aborted ? request.signal.reason : error), mayPass: true };
    } finally {
      clearTimeout(timer);
    }
  }

  private lose(count: number, why: string): void {
    this.lost += count;
    this.options.onLost(count, why);
  }
}
