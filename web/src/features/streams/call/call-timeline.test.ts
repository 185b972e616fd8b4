import { expect, it } from "vitest";
import { type CallEvent, emptyTimeline, extendTimeline, isRunning, MAX_EVENTS, openTimeline } from "./call-timeline.ts";

const at = (time: number, ...events: CallEvent[]) => events.map((event) => ({ event, time }));
const ended = (outcome: "done" | "failed" | "cancelled", status: string) =>
  ({ type: "ended", outcome, status }) as const;

it("follows a call from its opening over the half-close to its end", () => {
  const open = openTimeline(1_000);
  expect(open.state).toBe("open");
  const sending = extendTimeline(open, at(1_010, { type: "sent", text: "5" }, { type: "sent", text: "7" }));
  expect(sending).toMatchObject({ state: "open", sent: { count: 2, latest: "7" }, received: { count: 0 } });
  const waiting = extendTimeline(sending, at(1_020, { type: "half-closed" }));
  expect(waiting).toMatchObject({ state: "half-closed", halfClosedAt: 20 });
  expect(isRunning(waiting.state)).toBe(true);
  const over = extendTimeline(waiting, [
    ...at(1_030, { type: "headers" }, { type: "received", text: "12" }),
    ...at(1_040, ended("done", "OK")),
  ]);
  expect(over).toMatchObject({ state: "done", endedAt: 40, received: { count: 1, latest: "12" } });
  expect(isRunning(over.state)).toBe(false);
  expect(over.events.map(({ event, at, number }) => [number, event.type, at])).toEqual([
    [1, "opened", 0],
    [2, "sent", 10],
    [3, "sent", 10],
    [4, "half-closed", 20],
    [5, "headers", 30],
    [6, "received", 30],
    [7, "ended", 40],
  ]);
});

it("nothing happens after the end", () => {
  const over = extendTimeline(openTimeline(0), at(5, ended("cancelled", "CANCELLED"), { type: "sent", text: "late" }));
  expect(over).toMatchObject({ state: "cancelled", endedAt: 5, sent: { count: 0 } });
  expect(extendTimeline(over, at(9, { type: "received", text: "later" })).received.count).toBe(0);
});

it("nothing happens before the first call", () => {
  expect(extendTimeline(emptyTimeline, at(5, { type: "headers" }))).toBe(emptyTimeline);
});

it("keeps the latest events, and counts all", () => {
  const messages = Array.from(
    { length: MAX_EVENTS + 50 },
    (_, index) => ({ type: "received", text: `${index}` }) as const,
  );
  const timeline = extendTimeline(openTimeline(0), at(1, ...messages));
  expect(timeline.events).toHaveLength(MAX_EVENTS);
  expect(timeline.received).toEqual({ count: MAX_EVENTS + 50, latest: `${MAX_EVENTS + 49}` });
  expect(timeline.events.at(-1)?.number).toBe(MAX_EVENTS + 51);
});
