import { TooMuchWork } from "../domain/errors.ts";
import type { ShownSpans, SpanSource } from "../services/trace/domain/span-view.ts";
import { CLIENT_LINK, type RecordedSpan, type SpanLink, type SpanSink, spanBytes, spanOrder } from "./recorded-span.ts";
import { showSpans } from "./show-spans.ts";
import { SpanWatch } from "./span-watch.ts";

/** What the spans that are kept may take together, by `spanBytes`. */
const KEPT_BYTES = 8_000_000;
/** How many may watch at a time. */
const MAX_WATCHES = 100;

/** What bounds a ring. */
export interface SpanRingOptions {
  /** How often those who watch are sent something, in milliseconds. */
  readonly heartbeatMs: number;
  /** What the spans that are kept may take together, by `spanBytes`; 8 MB unless given. */
  readonly keptBytes?: number;
}

/** Keeps the latest spans of a server within bounds, those that run rather than those that are over, and says what changes in them. */
export class SpanRing implements SpanSink, SpanSource {
  private readonly heartbeatMs: number;
  private readonly keptBytes: number;
  /** What each is counted with, in the order in which they began. */
  private readonly running = new Map<RecordedSpan, number>();
  /** The same of those that are over, in the order in which they ended. */
  private readonly over = new Map<RecordedSpan, number>();
  private bytes = 0;
  private readonly watches = new Set<SpanWatch>();

  constructor({ heartbeatMs, keptBytes = KEPT_BYTES }: SpanRingOptions) {
    this.heartbeatMs = heartbeatMs;
    this.keptBytes = keptBytes;
  }

  /** How many watch. */
  get watchers(): number {
    return this.watches.size;
  }

  started(span: RecordedSpan): void {
    this.keep(this.running, span);
    this.note(span);
  }

  changed(span: RecordedSpan): void {
    // One that had to make room is not taken back.
    if (this.running.has(span)) this.keep(this.running, span);
    this.note(span);
  }

  ended(span: RecordedSpan): void {
    this.forget(this.running, span);
    this.keep(this.over, span);
    this.note(span);
  }

  ofTrace(traceId: string): ShownSpans {
    return showSpans(this.find(traceId)).shown;
  }

  async *watch(traceId: string, signal: AbortSignal): AsyncGenerator<ShownSpans> {
    if (this.watches.size >= MAX_WATCHES)
      throw new TooMuchWork(`${MAX_WATCHES} clients watch spans already, and there may be no more`);
    const first = this.find(traceId);
    const watch = new SpanWatch(traceId, new Set(first.map(traceOf)), isLinked);
    this.watches.add(watch);
    try {
      yield showSpans(first).shown;
      for (;;) yield await watch.next(this.heartbeatMs, signal);
    } finally {
      this.watches.delete(watch);
    }
  }

  /** Those of a trace, in the order in which they began. */
  private find(traceId: string): readonly RecordedSpan[] {
    const kept = [...this.running.keys(), ...this.over.keys()];
    const traces = new Set([traceId, ...kept.filter((span) => isLinked(span, traceId)).map(traceOf)]);
    return kept.filter((span) => traces.has(traceOf(span))).sort(spanOrder);
  }

  private keep(spans: Map<RecordedSpan, number>, span: RecordedSpan): void {
    const bytes = spanBytes(span);
    this.bytes += bytes - (spans.get(span) ?? 0);
    spans.set(span, bytes);
    while (this.bytes > this.keptBytes) this.forgetOldest();
  }

  private forgetOldest(): void {
    const spans = this.over.size > 0 ? this.over : this.running;
    const [oldest] = spans.keys();
    if (oldest !== undefined) this.forget(spans, oldest);
  }

  private forget(spans: Map<RecordedSpan, number>, span: RecordedSpan): void {
    this.bytes -= spans.get(span) ?? 0;
    spans.delete(span);
  }

  private note(span: RecordedSpan): void {
    for (const watch of this.watches) watch.note(span);
  }
}

/** Whether a span is the first of a trace that a client, whose own trace is not continued, is linked with: not one that was only sent what a call made. */
function isLinked({ parentSpanId, links }: RecordedSpan, traceId: string): boolean {
  const isOfClient = ({ context, attributes }: SpanLink) => context.traceId === traceId && attributes === CLIENT_LINK;
  return parentSpanId === undefined && links.some(isOfClient);
}

function traceOf({ context }: RecordedSpan): string {
  return context.traceId;
}
