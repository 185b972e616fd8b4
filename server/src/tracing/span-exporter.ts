import type { Attributes } from "../domain/span.ts";
import { exportRequest } from "./otlp-json.ts";
import type { RecordedSpan } from "./recorded-span.ts";

/** Sends a request to export spans; resolves with the status of HTTP, and rejects when there is no answer. */
export type SendSpans = (body: string) => Promise<number>;

/** What spans are exported with. */
export interface SpanExporterOptions {
  readonly send: SendSpans;
  /** What is said of the server. */
  readonly resource: Attributes;
  /** Told when spans are lost, and why. */
  readonly onLost: (count: number, why: string) => void;
}

/** How many spans wait for the exporter at most; what is more is lost. */
const MAX_WAITING = 4_096;
/** How many go into one request. */
const MAX_BATCH = 512;
/** How long spans wait for others before they are sent, in milliseconds. */
const GATHER_MS = 1_000;
/** How often a request is tried that the receiver could not take now, and the wait before each further time, in milliseconds. */
const TRIES = 3;
const RETRY_MS = 1_000;
/** The statuses of HTTP that ask for another try. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Sends spans that are over, some at a time, to a receiver of OTLP. Never holds up what made them: a receiver that is gone costs spans. */
export class SpanExporter {
  /** How many spans were lost. */
  lost = 0;
  private readonly options: SpanExporterOptions;
  private waiting: RecordedSpan[] = [];
  private timer: NodeJS.Timeout | undefined = undefined;
  private sending: Promise<void> | undefined = undefined;
  private isClosing = false;

  constructor(options: SpanExporterOptions) {
    this.options = options;
  }

  /** Takes a span that is over. */
  add(span: RecordedSpan): void {
    if (this.waiting.length >= MAX_WAITING) {
      this.lose(1, "too many spans wait");
      return;
    }
    this.waiting.push(span);
    if (this.waiting.length >= MAX_BATCH) this.sendSoon(0);
    else this.sendSoon(GATHER_MS);
  }

  /** Sends what waits, each part once, and takes nothing after that. */
  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.timer);
    await this.sending;
    await this.sendAll();
  }

  private sendSoon(delayMs: number): void {
    if (this.timer !== undefined || this.sending !== undefined || this.isClosing) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.sending = this.sendAll().finally(() => {
        this.sending = undefined;
        if (this.waiting.length > 0) this.sendSoon(GATHER_MS);
      });
    }, delayMs).unref();
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) await this.sendBatch(this.waiting.splice(0, MAX_BATCH));
  }

  private async sendBatch(spans: readonly RecordedSpan[]): Promise<void> {
    const body = exportRequest(spans, this.options.resource);
    for (let tries = 1; ; tries++) {
      const problem = await this.trySending(body);
      if (problem === undefined) return;
      if (!problem.mayPass || tries === TRIES || this.isClosing) {
        this.lose(spans.length, problem.why);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * tries).unref());
    }
  }

  private async trySending(body: string): Promise<{ readonly why: string; readonly mayPass: boolean } | undefined> {
    try {
      const status = await this.options.send(body);
      if (status >= 200 && status < 300) return undefined;
      return { why: `the receiver answered ${status}`, mayPass: RETRYABLE.has(status) };
    } catch (error) {
      return { why: String(error), mayPass: true };
    }
  }

  private lose(count: number, why: string): void {
    this.lost += count;
    this.options.onLost(count, why);
  }
}
