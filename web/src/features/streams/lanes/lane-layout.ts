import type { CallEvent, TimedEvent } from "../call/call-timeline.ts";

/** A message on its way between the two ends. */
export interface Arrow {
  readonly number: number;
  readonly x: number;
  /** What it carries, shortened; undefined where an earlier one needs the room. */
  readonly label: string | undefined;
}

/** A moment that both ends share, and what happened in it. */
export interface Moment {
  readonly number: number;
  readonly x: number;
  /** Undefined where there is no room in any row. */
  readonly label: string | undefined;
  /** The row of the label, from 0. */
  readonly row: number;
}

/** How wide a character of a label is, in pixels, a little generously. */
const CHARACTER = 6.8;
const GAP = 10;
const LONGEST_LABEL = 26;
/** Moments that are closer than this look like one. */
const SAME = 6;
/** How many rows of labels there are for moments. */
const MOMENT_ROWS = 3;

/**
 * Where the messages of one direction stand on an axis of so many pixels a second, from the opening of the call. A label ends
 * where its message stands; one that has been given is never taken away again.
 */
export function layOutArrows(
  events: readonly TimedEvent[],
  type: "sent" | "received",
  pixelsPerSecond: number,
): readonly Arrow[] {
  let taken = Number.NEGATIVE_INFINITY;
  const arrows: Arrow[] = [];
  for (const { event, at, number } of events) {
    if (event.type !== type) continue;
    const x = (at / 1_000) * pixelsPerSecond;
    const label = shorten(event.text);
    const hasRoom = x - widthOf(label) >= taken;
    if (hasRoom) taken = x + GAP;
    arrows.push({ number, x, label: hasRoom ? label : undefined });
  }
  return arrows;
}

/** Where the moments stand; those that look like one become one. Labels end where their moments stand. */
export function layOutMoments(events: readonly TimedEvent[], pixelsPerSecond: number): readonly Moment[] {
  const taken = Array<number>(MOMENT_ROWS).fill(Number.NEGATIVE_INFINITY);
  return gatherMoments(events, pixelsPerSecond).map(({ number, x, labels }) => {
    const label = labels.join(" · ");
    const row = taken.findIndex((end) => x - widthOf(label) >= end);
    if (row === -1) return { number, x, label: undefined, row: 0 };
    taken[row] = x + GAP;
    return { number, x, label, row };
  });
}

function gatherMoments(events: readonly TimedEvent[], pixelsPerSecond: number) {
  const moments: { readonly number: number; x: number; readonly labels: string[] }[] = [];
  for (const { event, at, number } of events) {
    const label = momentLabel(event);
    if (label === undefined) continue;
    const x = (at / 1_000) * pixelsPerSecond;
    const before = moments.at(-1);
    if (before !== undefined && x - before.x < SAME) {
      before.labels.push(label);
      before.x = x;
    } else {
      moments.push({ number, x, labels: [label] });
    }
  }
  return moments;
}

function momentLabel(event: CallEvent): string | undefined {
  switch (event.type) {
    case "opened":
      return "open";
    case "headers":
      return "headers";
    case "half-closed":
      return "half-close";
    case "ended":
      return event.outcome === "done" ? "trailers OK" : event.status;
    default:
      return undefined;
  }
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_LABEL ? text : `${characters.slice(0, LONGEST_LABEL - 1).join("")}…`;
}

function widthOf(label: string): number {
  return [...label].length * CHARACTER;
}
