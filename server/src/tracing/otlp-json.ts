import type { Attributes } from "../domain/span.ts";
import type { RecordedSpan } from "./recorded-span.ts";
import { readSpanClock } from "./span-clock.ts";

const KINDS = { internal: 1, server: 2 } as const;
const STATUS_ERROR = 2;

/** Spans that are over as a request to export them, in OTLP's JSON. */
export function exportRequest(spans: readonly RecordedSpan[], resource: Attributes): string {
  const unixNanos = readSpanClock();
  const scopeSpans = [{ scope: { name: "triptych" }, spans: spans.map((span) => spanJson(span, unixNanos)) }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: attributeList(resource) }, scopeSpans }] });
}

function spanJson(span: RecordedSpan, unixNanos: (time: number) => bigint) {
  const { context, parentSpanId, name, kind, startedAt, endedAt = startedAt, error } = span;
  return {
    ...context,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: String(unixNanos(startedAt)),
    endTimeUnixNano: String(unixNanos(endedAt)),
    attributes: attributeList(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      timeUnixNano: String(unixNanos(event.time)),
      attributes: attributeList(event.attributes),
    })),
    droppedEventsCount: span.droppedEvents,
    links: span.links.map((link) => ({ ...link.context, attributes: attributeList(link.attributes) })),
    droppedLinksCount: span.droppedLinks,
    status: error === undefined ? {} : { code: STATUS_ERROR, message: error },
  };
}

function attributeList(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueJson(value) }));
}

function valueJson(value: string | number | boolean) {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
