import fc from "fast-check";
import { expect, it } from "vitest";
import type { CallEvent, TimedEvent } from "../call/call-timeline.ts";
import { layOutArrows, layOutMoments } from "./lane-layout.ts";

const timed = (...events: readonly (readonly [at: number, event: CallEvent])[]): TimedEvent[] =>
  events.map(([at, event], index) => ({ at, event, number: index + 1 }));
const sent = (text: string) => ({ type: "sent", text }) as const;

it("puts messages where their times are, those of the other direction aside", () => {
  const events = timed([0, sent("1")], [500, { type: "received", text: "one" }], [1_000, sent("2")]);
  expect(layOutArrows(events, "sent", 48)).toEqual([
    { number: 1, x: 0, label: "1" },
    { number: 3, x: 48, label: "2" },
  ]);
});

it("leaves out a label that would cover an earlier one, and shortens a long one", () => {
  const events = timed([0, sent("first")], [10, sent("second")], [9_000, sent("x".repeat(100))]);
  expect(layOutArrows(events, "sent", 48).map(({ label }) => label)).toEqual([
    "first",
    undefined,
    `${"x".repeat(25)}…`,
  ]);
});

it("never takes a label away when more messages come", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 900 }), fc.string()), { maxLength: 30 }), (gaps) => {
      const events = timed(...gaps.map(([gap, text], index) => [index * 900 + gap, sent(text)] as const));
      const all = layOutArrows(events, "sent", 48);
      for (let count = 0; count < events.length; count++) {
        expect(layOutArrows(events.slice(0, count), "sent", 48)).toEqual(all.slice(0, count));
      }
    }),
  );
});

it("gathers moments that look like one, and gives those nearby another row", () => {
  const events = timed(
    [0, { type: "opened" }],
    [2, { type: "half-closed" }],
    [600, { type: "headers" }],
    [4_000, { type: "ended", outcome: "failed", status: "UNAVAILABLE" }],
  );
  expect(layOutMoments(events, 100).map(({ x, label, row }) => [x, label, row])).toEqual([
    [0.2, "open · half-close", 0],
    [60, "headers", 0],
    [400, "UNAVAILABLE", 0],
  ]);
  expect(layOutMoments(events, 20).map(({ label, row }) => [label, row])).toEqual([
    ["open · half-close", 0],
    ["headers", 1],
    ["UNAVAILABLE", 2],
  ]);
});
