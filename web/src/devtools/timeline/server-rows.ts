import type { Span } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import type { RecordedCall } from "@triptych/rpc-web";
import type { TimelineRow } from "./timeline-row.ts";

/** The spans of the server on the axis of a call. */
export interface ServerRows {
  /** Each below the one that it is within. */
  readonly rows: readonly TimelineRow[];
  /** By how many milliseconds the times of the server were moved to be on the clock of the browser. */
  readonly shift: number;
}

/** Places the spans of a call's trace on its axis, as `clockShift` moves them. */
export function serverRows(call: RecordedCall, spans: readonly Span[]): ServerRows {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const sorted = spans.toSorted((a, b) => Number(a.startUnixNano - b.startUnixNano));
  const roots = sorted.filter(({ parentSpanId }) => !ids.has(parentSpanId));
  const [first] = roots;
  const shift = first === undefined ? 0 : clockShift(call, first);
  const within = Map.groupBy(sorted, ({ parentSpanId }) => parentSpanId);
  const millisecondOf = (nanos: bigint) => sinceStart(call, nanos) + shift;
  const below = (span: Span, depth: number): readonly TimelineRow[] => [
    rowOf(span, depth, millisecondOf),
    ...(within.get(span.spanId) ?? []).flatMap((child) => below(child, depth + 1)),
  ];
  return { rows: roots.flatMap((root) => below(root, 0)), shift };
}

/**
 * By how many milliseconds the clock of the server has to be moved: by none where its span is within the bounds that the call has in the
 * browser, else by the fewest that bring it there. It begins after the request was sent and before the headers came, and ends before the call does, unless
 * the browser ended that.
 */
export function clockShift(call: RecordedCall, span: Span): number {
  const start = sinceStart(call, span.startUnixNano);
  const earliest = (call.sentAfter ?? 0) - start;
  const beforeHeaders = (call.respondedAfter ?? Number.POSITIVE_INFINITY) - start;
  const hasAnswer = call.state === "complete" && call.endedAfter !== undefined && span.endUnixNano !== 0n;
  const beforeEnd = hasAnswer ? (call.endedAfter ?? 0) - sinceStart(call, span.endUnixNano) : Number.POSITIVE_INFINITY;
  return Math.max(earliest, Math.min(0, beforeHeaders, beforeEnd));
}

/** Milliseconds from the start of the call, by two clocks. */
function sinceStart({ startedAt }: RecordedCall, nanos: bigint): number {
  return Number(nanos - BigInt(Math.round(startedAt * 1_000)) * 1_000n) / 1e6;
}

function rowOf(span: Span, depth: number, millisecondOf: (nanos: bigint) => number): TimelineRow {
  return {
    key: span.spanId,
    name: span.name.split("/").at(-1) ?? span.name,
    depth,
    from: millisecondOf(span.startUnixNano),
    to: span.endUnixNano === 0n ? undefined : millisecondOf(span.endUnixNano),
    marks: span.events.map(({ timeUnixNano }) => millisecondOf(timeUnixNano)),
    count: span.events.length + span.droppedEvents,
    error: span.error,
  };
}
