import { createNotifier } from "../domain/notifier.ts";
import type { ShownSpans } from "../services/trace/domain/span-view.ts";
import { type RecordedSpan, spanOrder } from "./recorded-span.ts";
import { showSpans } from "./show-spans.ts";

/** How many spans wait for one watcher, and how many traces of a client it follows. */
const MAX_WAITING = 1_024;
const MAX_TRACES = 1_024;

/** What one watcher has not been sent yet: a bounded number of spans, each once. */
export class SpanWatch {
  private readonly traceId: string;
  private readonly traces: Set<string>;
  private readonly isLinked: (span: RecordedSpan, traceId: string) => boolean;
  private readonly notifier = createNotifier();
  private waiting = new Set<RecordedSpan>();
  private omitted = 0;

  /** Watches a trace, and those that are linked with it: the ones given, and those that begin. */
  constructor(traceId: string, traces: Set<string>, isLinked: (span: RecordedSpan, traceId: string) => boolean) {
    this.traceId = traceId;
    this.traces = traces;
    this.isLinked = isLinked;
  }

  /** A span has begun, changed or ended. Of more than may wait, those that have waited longest are left out, and counted. */
  note(span: RecordedSpan): void {
    const { traceId } = span.context;
    if (this.isLinked(span, this.traceId)) this.follow(traceId);
    if (traceId !== this.traceId && !this.traces.has(traceId)) return;
    this.waiting.add(span);
    const [oldest] = this.waiting;
    if (this.waiting.size > MAX_WAITING && oldest !== undefined) {
      this.waiting.delete(oldest);
      this.omitted += 1;
    }
    this.notifier.notify();
  }

  /** Resolves with what waits as soon as there is something, at the latest with nothing after that time. Rejects with the signal's reason. */
  async next(heartbeatMs: number, signal: AbortSignal): Promise<ShownSpans> {
    signal.throwIfAborted();
    if (this.waiting.size === 0 && this.omitted === 0) await this.wait(heartbeatMs, signal);
    const { shown, rest } = showSpans([...this.waiting].sort(spanOrder));
    this.waiting = new Set(rest);
    const omitted = this.omitted;
    this.omitted = 0;
    return { spans: shown.spans, omitted };
  }

  private async wait(heartbeatMs: number, signal: AbortSignal): Promise<void> {
    const heartbeat = setTimeout(() => this.notifier.notify(), heartbeatMs);
    try {
      await this.notifier.wait(signal);
    } finally {
      clearTimeout(heartbeat);
    }
  }

  /** A client may go on with its trace for as long as it is watched: the oldest that it is linked with are forgotten. */
  private follow(traceId: string): void {
    this.traces.add(traceId);
    const [oldest] = this.traces;
    if (this.traces.size > MAX_TRACES && oldest !== undefined) this.traces.delete(oldest);
  }
}
