import type { RecordedCall } from "@triptych/rpc-web";

/** From when to when the calls of a list ran, on their clock. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** A part of a range, as shares of it from 0 to 1. */
export interface RangePart {
  readonly start: number;
  readonly length: number;
}

/** The time in which the calls ran; those that are open run until `now`. */
export function timeRange(calls: readonly RecordedCall[], now: number): TimeRange {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const call of calls) {
    from = Math.min(from, call.startedAt);
    to = Math.max(to, endOf(call, now));
  }
  return { from, to };
}

/** Where in a range a call ran; at least a hundredth is shown of it. */
export function partOf(call: RecordedCall, { from, to }: TimeRange, now: number): RangePart {
  const whole = Math.max(to - from, 1);
  const start = Math.min(Math.max((call.startedAt - from) / whole, 0), 0.99);
  const length = (endOf(call, now) - call.startedAt) / whole;
  return { start, length: Math.min(Math.max(length, 0.01), 1 - start) };
}

function endOf({ startedAt, endedAfter, state }: RecordedCall, now: number): number {
  return state === "open" ? now : startedAt + (endedAfter ?? 0);
}
