import type { Call } from "@triptych/rpc/call/call.ts";
import { runWithSpan } from "../domain/span.ts";
import type { CallObserver, EndedCall } from "../interceptors/observe-calls.ts";
import { parseTraceParent, type TraceParent } from "../interceptors/trace-parent.ts";
import { callAttributes, statusAttributes } from "./call-attributes.ts";
import { CLIENT_LINK, newTraceId, RecordedSpan, type SpanSink } from "./recorded-span.ts";
import type { Sampler } from "./sampler.ts";

/** How calls are traced. */
export interface CallTracingOptions {
  readonly sink: SpanSink;
  readonly sampler: Sampler;
  /** Whether the spans of clients are the parents of calls; else each call begins a trace, which is linked with that of its client. */
  readonly trustsParents: boolean;
}

const UNTRACED = /^\/(?:grpc\.health\.|triptych\.trace\.)/;

/** What makes a span of each call that is kept. */
export interface CallTracing {
  readonly observer: CallObserver;
  /** Runs what serves a call within its span. */
  readonly around: (call: Call, run: () => void) => void;
}

/** The span of a call; undefined when it is not traced. */
function spanOf(call: Pick<Call, "observed">): RecordedSpan | undefined {
  return call.observed instanceof RecordedSpan ? call.observed : undefined;
}

/** Traces calls: a span each, with an event for each message of a stream and a span for whatever it waits for before it is served. */
export function traceCalls({ sink, sampler, trustsParents }: CallTracingOptions): CallTracing {
  function start(call: Call): RecordedSpan | undefined {
    // To look at spans makes none, or each look would be the next thing to look at; and probes come every few seconds.
    if (UNTRACED.test(call.method.path)) return undefined;
    const remote = parseTraceParent(call.context.requestHeader.get("traceparent"));
    const parent = trustsParents ? remote : undefined;
    const traceId = parent?.traceId ?? newTraceId();
    if (!sampler(traceId, parent?.isSampled)) return undefined;
    const span = new RecordedSpan(sink, {
      name: call.method.path.slice(1),
      kind: "server",
      traceId,
      parentSpanId: parent?.spanId,
      startedAt: call.startedAt,
      attributes: callAttributes(call),
    });
    if (remote !== undefined && parent === undefined) linkWithClient(span, remote);
    return span;
  }

  return {
    observer: {
      started(call) {
        call.observed = start(call);
      },
      waited: (call, { what, from, to }) => spanOf(call)?.child(what, {}, from).end(to),
      received(call, bytes) {
        if (!call.method.readsOne) messageEvent(call, { type: "RECEIVED", id: call.received, bytes });
      },
      sent(call, bytes) {
        if (call.method.sendsMany) messageEvent(call, { type: "SENT", id: call.sent, bytes });
      },
      ended(ended) {
        const span = ended.call.observed;
        if (span instanceof RecordedSpan) end(span, ended);
      },
    },
    around(call, run) {
      const span = spanOf(call);
      if (span === undefined) run();
      else runWithSpan(span, run);
    },
  };
}

/** A client that is not trusted may not have its trace continued, which would let it choose what is kept; but its trace can be found. */
function linkWithClient(span: RecordedSpan, { traceId, spanId }: TraceParent): void {
  span.link({ traceId, spanId }, CLIENT_LINK);
}

function messageEvent(call: Call, message: { readonly type: "SENT" | "RECEIVED"; id: number; bytes: number }): void {
  spanOf(call)?.event("rpc.message", {
    "rpc.message.type": message.type,
    "rpc.message.id": message.id,
    "rpc.message.uncompressed_size": message.bytes,
  });
}

function end(span: RecordedSpan, ended: EndedCall): void {
  const { attributes, error } = statusAttributes(ended);
  span.describe(attributes);
  span.end(undefined, error);
}
