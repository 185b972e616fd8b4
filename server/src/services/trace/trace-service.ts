import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { SpanSchema, TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { InvalidInput, NotFound } from "../../domain/errors.ts";
import type { Attributes } from "../../domain/span.ts";
import type { ShownSpans, SpanSource, SpanView } from "./domain/span-view.ts";

/** The most that a field of type int32 can say. */
const MAX_INT32 = 2 ** 31 - 1;
const TRACE_ID = /^[0-9a-f]{32}$/;

/** Shows the spans of a server, where there is a source of them. */
export function createTraceService(source: SpanSource | undefined): ServiceImpl<typeof TraceService> {
  return {
    getTrace({ traceId }) {
      const shown = sourceOf(source).ofTrace(checked(traceId));
      if (shown.spans.length === 0) throw new NotFound(`there are no spans of trace ${traceId}`);
      return spansMessage(shown);
    },
    async *watchSpans({ traceId }, { signal }) {
      for await (const shown of sourceOf(source).watch(checked(traceId), signal)) yield spansMessage(shown);
    },
  };
}

function sourceOf(source: SpanSource | undefined): SpanSource {
  if (source !== undefined) return source;
  throw new ConnectError("this server does not show its spans: SHOW_SPANS=yes has it do so", Code.FailedPrecondition);
}

function checked(traceId: string): string {
  if (TRACE_ID.test(traceId)) return traceId;
  throw new InvalidInput({ field: "trace_id", description: "must be 32 hexadecimal digits in lower case" });
}

function spansMessage({ spans, omitted }: ShownSpans) {
  return { spans: spans.map(spanMessage), omittedSpans: Math.min(omitted, MAX_INT32) };
}

function spanMessage(span: SpanView): MessageInitShape<typeof SpanSchema> {
  const { context, parentSpanId = "", name, start, end = 0n, error = "", links } = span;
  return {
    ...{ traceId: context.traceId, spanId: context.spanId, parentSpanId, name, error },
    startUnixNano: start,
    endUnixNano: end,
    droppedEvents: Math.min(span.droppedEvents, MAX_INT32),
    attributes: texts(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      timeUnixNano: event.time,
      attributes: texts(event.attributes),
    })),
    links: links.map((link) => ({ ...link })),
  };
}

function texts(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}
