import { randomBytes } from "node:crypto";
import type { Attributes, Span, SpanContext } from "../domain/span.ts";

/** How many events and links a span keeps, and how many spans within it; further ones are only counted. */
const MAX_EVENTS = 128;
const MAX_LINKS = 128;
const MAX_CHILDREN = 128;

/** About what a span takes, and each of its events and links, in bytes: in memory as in a request. */
const SPAN_BYTES = 1_000;
const ENTRY_BYTES = 200;

/** Something that happened in a span. */
export interface SpanEvent {
  readonly name: string;
  /** In milliseconds of `performance.now`. */
  readonly time: number;
  readonly attributes: Attributes;
}

/** What is said of the link with the client's span where that is not the parent. */
export const CLIENT_LINK = { "triptych.link": "client" } as const;

/** A span that another one has to do with. */
export interface SpanLink {
  readonly context: SpanContext;
  readonly attributes: Attributes;
}

/** What is notified of spans. */
export interface SpanSink {
  started(span: RecordedSpan): void;
  /** It has another event, link or attribute. */
  changed(span: RecordedSpan): void;
  ended(span: RecordedSpan): void;
}

/** What is notified of spans that are not kept. */
const NO_SINK: SpanSink = { started: () => undefined, changed: () => undefined, ended: () => undefined };

/** What a span begins with. */
export interface SpanStart {
  readonly name: string;
  readonly kind: "server" | "internal";
  readonly traceId: string;
  /** Undefined for the first span of a trace. */
  readonly parentSpanId: string | undefined;
  /** In milliseconds of `performance.now`. */
  readonly startedAt: number;
  readonly attributes: Attributes;
}

let made = 0;

/** Makes the id of a trace. */
export function newTraceId(): string {
  return randomBytes(16).toString("hex");
}

/** A span, and all that is kept of it. */
export class RecordedSpan implements Span {
  readonly context: SpanContext;
  readonly name: string;
  readonly kind: SpanStart["kind"];
  readonly parentSpanId: string | undefined;
  readonly startedAt: number;
  /** In milliseconds of `performance.now`; undefined until it is over. */
  endedAt: number | undefined = undefined;
  /** The kind of error that it failed with. */
  error: string | undefined = undefined;
  attributes: Attributes;
  readonly events: SpanEvent[] = [];
  readonly links: SpanLink[] = [];
  droppedEvents = 0;
  droppedLinks = 0;
  /** Counts the spans of the process, in the order in which they were made. */
  readonly number: number;
  private children = 0;
  private readonly sink: SpanSink;

  constructor(sink: SpanSink, { name, kind, traceId, parentSpanId, startedAt, attributes }: SpanStart) {
    this.sink = sink;
    made += 1;
    this.number = made;
    this.name = name;
    this.kind = kind;
    this.context = { traceId, spanId: randomBytes(8).toString("hex") };
    this.parentSpanId = parentSpanId;
    this.startedAt = startedAt;
    this.attributes = attributes;
    sink.started(this);
  }

  child(name: string, attributes: Attributes = {}, startedAt = performance.now()): RecordedSpan {
    const { traceId, spanId } = this.context;
    this.children += 1;
    return new RecordedSpan(this.children > MAX_CHILDREN ? NO_SINK : this.sink, {
      name,
      kind: "internal",
      traceId,
      parentSpanId: spanId,
      startedAt,
      attributes,
    });
  }

  event(name: string, attributes: Attributes = {}): void {
    if (this.endedAt !== undefined) return;
    if (this.events.length >= MAX_EVENTS) {
      this.droppedEvents += 1;
      return;
    }
    this.events.push({ name, time: performance.now(), attributes });
    this.sink.changed(this);
  }

  link(context: SpanContext, attributes: Attributes = {}): void {
    if (this.endedAt !== undefined) return;
    if (this.links.length >= MAX_LINKS) {
      this.droppedLinks += 1;
      return;
    }
    this.links.push({ context, attributes });
    this.sink.changed(this);
  }

  describe(attributes: Attributes): void {
    if (this.endedAt !== undefined) return;
    this.attributes = { ...this.attributes, ...attributes };
    this.sink.changed(this);
  }

  end(endedAt = performance.now(), error?: string): void {
    if (this.endedAt !== undefined) return;
    if (this.children > MAX_CHILDREN) this.describe({ "triptych.spans.dropped": this.children - MAX_CHILDREN });
    this.endedAt = endedAt;
    this.error = error;
    this.sink.ended(this);
  }
}

/** About how many bytes a span takes. */
export function spanBytes({ events, links }: RecordedSpan): number {
  return SPAN_BYTES + ENTRY_BYTES * (events.length + links.length);
}

/** Sorts spans by when they began; of those that began together, the one that was made first comes first, so a span before those within it. */
export function spanOrder(a: RecordedSpan, b: RecordedSpan): number {
  return a.startedAt - b.startedAt || a.number - b.number;
}
