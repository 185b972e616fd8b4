import { createNotifier } from "../domain/notifier.ts";
import type { SpanSource, SpanView } from "../services/trace/domain/span-view.ts";
import { CLIENT_LINK, type RecordedSpan, type SpanLink, type SpanSink } from "./recorded-span.ts";
import { readSpanClock } from "./span-clock.ts";

/** How many spans are kept. */
const KEPT = 4_096;

/** Keeps the latest spans of a server, those that are not over included, and says what changes in them. */
export class SpanRing implements SpanSink, SpanSource {
  private readonly spans = new Set<RecordedSpan>();
  private readonly watches = new Set<Watch>();

  started(span: RecordedSpan): void {
    this.spans.add(span);
    const [oldest] = this.spans;
    if (this.spans.size > KEPT && oldest !== undefined) this.spans.delete(oldest);
    this.changed(span);
  }

  changed(span: RecordedSpan): void {
    for (const watch of this.watches) watch.note(span);
  }

  ended(span: RecordedSpan): void {
    this.changed(span);
  }

  ofTrace(traceId: string): readonly SpanView[] {
    const roots = new Set([...this.spans].filter((span) => isLinked(span, traceId)).map(traceOf));
    return [...this.spans].filter((span) => traceOf(span) === traceId || roots.has(traceOf(span))).map(viewOf);
  }

  async *watch(traceId: string, signal: AbortSignal): AsyncGenerator<readonly SpanView[]> {
    const first = this.ofTrace(traceId);
    const watch = new Watch(new Set([traceId, ...first.map(({ context }) => context.traceId)]), traceId);
    this.watches.add(watch);
    try {
      yield first;
      for (;;) yield await watch.next(signal);
    } finally {
      this.watches.delete(watch);
    }
  }
}

/** What one watcher has not been told yet: a bounded number of spans, each once. */
class Watch {
  private readonly traceIds: Set<string>;
  private readonly clientTrace: string;
  private readonly pending = new Set<RecordedSpan>();
  private readonly notifier = createNotifier();

  constructor(traceIds: Set<string>, clientTrace: string) {
    this.traceIds = traceIds;
    this.clientTrace = clientTrace;
  }

  note(span: RecordedSpan): void {
    const traceId = traceOf(span);
    if (isLinked(span, this.clientTrace)) this.follow(traceId);
    if ((traceId !== this.clientTrace && !this.traceIds.has(traceId)) || this.pending.size >= KEPT) return;
    this.pending.add(span);
    this.notifier.notify();
  }

  /** A client may go on with its trace for as long as it is watched: the oldest that it is linked with are forgotten. */
  private follow(traceId: string): void {
    this.traceIds.add(traceId);
    const [oldest] = this.traceIds;
    if (this.traceIds.size > KEPT && oldest !== undefined) this.traceIds.delete(oldest);
  }

  async next(signal: AbortSignal): Promise<readonly SpanView[]> {
    signal.throwIfAborted();
    if (this.pending.size === 0) await this.notifier.wait(signal);
    const spans = [...this.pending].map(viewOf);
    this.pending.clear();
    return spans;
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

function viewOf(span: RecordedSpan): SpanView {
  const { context, parentSpanId, name, startedAt, endedAt, error, attributes, droppedEvents } = span;
  const unixNanos = readSpanClock();
  return {
    ...{ context, parentSpanId, name, error, attributes, droppedEvents },
    start: unixNanos(startedAt),
    end: endedAt === undefined ? undefined : unixNanos(endedAt),
    events: span.events.map((event) => ({ ...event, time: unixNanos(event.time) })),
    links: span.links.map((link) => link.context),
  };
}
