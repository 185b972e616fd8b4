import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LossLog } from "./loss-log.ts";

let lines: unknown[];
let losses: LossLog;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  losses = new LossLog({ warn: (line: unknown) => void lines.push(line) });
});

afterEach(() => {
  vi.useRealTimers();
});

it("logs all that were lost together in one line", () => {
  for (let count = 0; count < 3; count++) losses.add(2, "busy");
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(lines).toEqual([{ count: 6, why: "busy" }]);
});

it("logs what is lost after that a minute later, as a sum", () => {
  losses.add(1, "busy");
  vi.advanceTimersByTime(1_000);
  losses.add(2, "busy");
  vi.advanceTimersByTime(30_000);
  losses.add(3, "gone");
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(30_000);
  expect(lines[1]).toEqual({ count: 5, why: "gone" });
});

it("logs at the end what is not logged yet, and nothing twice", () => {
  losses.add(1, "busy");
  losses.flush();
  losses.flush();
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual([{ count: 1, why: "busy" }]);
});
