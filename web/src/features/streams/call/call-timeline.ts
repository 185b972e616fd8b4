import { appendBounded } from "../../../hooks/append-bounded.ts";
import type { CallOutcome } from "../../../hooks/use-one-call.ts";

/** Something that happened in a call, seen from this side. */
export type CallEvent =
  | { readonly type: "opened" }
  | { readonly type: "sent"; readonly text: string }
  | { readonly type: "half-closed" }
  | { readonly type: "headers" }
  | { readonly type: "received"; readonly text: string }
  /** The call is over; the status is OK or the code of the error. */
  | { readonly type: "ended"; readonly outcome: CallOutcome["kind"]; readonly status: string };

/** How far a call is: half-closed when this side sends no more and the server still may. */
export type CallState = "idle" | "open" | "half-closed" | CallOutcome["kind"];

/** An event with its time. */
export interface TimedEvent {
  readonly event: CallEvent;
  /** Milliseconds since the call was opened. */
  readonly at: number;
  /** Counts the events of the call, from 1. */
  readonly number: number;
}

/** A call as it went so far. */
export interface CallTimeline {
  readonly state: CallState;
  /** When it was opened, in milliseconds since 1970; undefined before the first call. */
  readonly startedAt: number | undefined;
  /** The latest events, oldest first. */
  readonly events: readonly TimedEvent[];
  /** When this side sent no more, in milliseconds since the call was opened. */
  readonly halfClosedAt: number | undefined;
  /** When it was over, in milliseconds since it was opened. */
  readonly endedAt: number | undefined;
  readonly sent: LaneSummary;
  readonly received: LaneSummary;
}

/** What has gone one way. */
export interface LaneSummary {
  readonly count: number;
  readonly latest: string | undefined;
}

/** How many events a timeline keeps. */
export const MAX_EVENTS = 200;

const emptyLane: LaneSummary = { count: 0, latest: undefined };

/** Before the first call. */
export const emptyTimeline: CallTimeline = {
  state: "idle",
  startedAt: undefined,
  events: [],
  halfClosedAt: undefined,
  endedAt: undefined,
  sent: emptyLane,
  received: emptyLane,
};

/** The timeline of a call that is opened now. */
export function openTimeline(now: number): CallTimeline {
  return {
    ...emptyTimeline,
    state: "open",
    startedAt: now,
    events: [{ event: { type: "opened" }, at: 0, number: 1 }],
  };
}

/** The timeline after more has happened, each at a time in milliseconds since 1970. Nothing happens after the end. */
export function extendTimeline(
  timeline: CallTimeline,
  happened: readonly { readonly event: CallEvent; readonly time: number }[],
): CallTimeline {
  const { startedAt } = timeline;
  if (startedAt === undefined) return timeline;
  let next = timeline;
  let number = timeline.events.at(-1)?.number ?? 0;
  const added: TimedEvent[] = [];
  for (const { event, time } of happened) {
    if (next.endedAt !== undefined) break;
    const at = time - startedAt;
    number += 1;
    added.push({ event, at, number });
    next = { ...next, ...changeOf(next, event, at) };
  }
  return { ...next, events: appendBounded(timeline.events, added, MAX_EVENTS) };
}

function changeOf(timeline: CallTimeline, event: CallEvent, at: number): Partial<CallTimeline> {
  switch (event.type) {
    case "opened":
    case "headers":
      return {};
    case "sent":
      return { sent: { count: timeline.sent.count + 1, latest: event.text } };
    case "received":
      return { received: { count: timeline.received.count + 1, latest: event.text } };
    case "half-closed":
      return { halfClosedAt: at, state: "half-closed" };
    case "ended":
      return { endedAt: at, state: event.outcome };
  }
}

/** Whether a call is going on. */
export function isRunning(state: CallState): boolean {
  return state === "open" || state === "half-closed";
}
