import type { ShownSpans, SpanView } from "../services/trace/domain/span-view.ts";
import { type RecordedSpan, spanBytes } from "./recorded-span.ts";
import { readSpanClock } from "./span-clock.ts";

/** What one message with spans may take, by `spanBytes`. */
const SHOWN_BYTES = 1_000_000;

/** As many spans as one message has room for, from the first; the rest is counted as omitted, and returned. */
export function showSpans(spans: readonly RecordedSpan[]): {
  readonly shown: ShownSpans;
  readonly rest: readonly RecordedSpan[];
} {
  let bytes = 0;
  const end = spans.findIndex((span) => {
    bytes += spanBytes(span);
    return bytes > SHOWN_BYTES;
  });
  const count = end < 0 ? spans.length : end;
  const unixNanos = readSpanClock();
  const views = spans.slice(0, count).map((span) => viewOf(span, unixNanos));
  return { shown: { spans: views, omitted: spans.length - count }, rest: spans.slice(count) };
}

function viewOf(span: RecordedSpan, unixNanos: (time: number) => bigint): SpanView {
  const { context, parentSpanId, name, startedAt, endedAt, error, attributes, droppedEvents } = span;
  return {
    ...{ context, parentSpanId, name, error, attributes, droppedEvents },
    start: unixNanos(startedAt),
    end: endedAt === undefined ? undefined : unixNanos(endedAt),
    events: span.events.map((event) => ({ ...event, time: unixNanos(event.time) })),
    links: span.links.map((link) => link.context),
  };
}
