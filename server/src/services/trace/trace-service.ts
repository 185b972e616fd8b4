import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { SpanSchema, TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { InvalidInput, NotFound } from "../../domain/errors.ts";
import type { Attributes } from "../../domain/span.ts";
import type { SpanSource, SpanView } from "./domain/span-view.ts";

const TRACE_ID = /^[0-9a-f]{32}$/;

/** Shows the spans of a server, where there is a source of them. */
export function createTraceService(source: SpanSource | undefined): ServiceImpl<typeof TraceService> {
  return {
    getTrace({ traceId }) {
      const spans = shown(source).ofTrace(checked(traceId));
      if (spans.length === 0) throw new NotFound(`there are no spans of trace ${traceId}`);
      return { spans: spans.map(spanMessage) };
    },
    async *watchSpans({ traceId }, { signal }) {
      for await (const spans of shown(source).watch(checked(traceId), signal)) yield { spans: spans.map(spanMessage) };
    },
  };
}

function shown(source: SpanSource | undefined): SpanSource {
  if (source !== undefined) return source;
  throw new ConnectError("this server does not show its spans: SHOW_SPANS=yes has it do so", Code.FailedPrecondition);
}

function checked(traceId: string): string {
  if (TRACE_ID.test(traceId)) return traceId;
  throw new InvalidInput({ field: "trace_id", description: "must be 32 hexadecimal digits in lower case" });
}

function spanMessage(span: SpanView): MessageInitShape<typeof SpanSchema> {
  const { context, parentSpanId = "", name, start, end = 0n, error = "", links, droppedEvents } = span;
  return {
    ...{ traceId: context.traceId, spanId: context.spanId, parentSpanId, name, error, droppedEvents },
    startUnixNano: start,
    endUnixNano: end,
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
