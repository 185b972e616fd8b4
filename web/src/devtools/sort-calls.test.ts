import type { RecordedCall } from "@triptych/rpc-web";
import { describe, expect, it } from "vitest";
import { nextSorting, sortCalls } from "./sort-calls.ts";
import { partOf, timeRange } from "./time-range.ts";

function call(id: number, more: Partial<RecordedCall> = {}): RecordedCall {
  return {
    id,
    protocol: "connect",
    framing: "body",
    httpMethod: "POST",
    url: "http://localhost/a.B/C",
    path: "a.B/C",
    method: undefined,
    state: "complete",
    reason: undefined,
    status: undefined,
    httpStatus: 200,
    startedAt: 1_000 + id,
    sentAfter: 0,
    respondedAfter: 1,
    endedAfter: 2,
    requestHeaders: [],
    responseHeaders: [],
    trailers: [],
    sentBytes: 0,
    receivedBytes: 0,
    sentFrames: 0,
    receivedFrames: 0,
    frames: [],
    ...more,
  };
}

const idsOf = (calls: readonly RecordedCall[]) => calls.map(({ id }) => id);

describe("the order of calls", () => {
  const calls = [
    call(1, { path: "z.A/B", endedAfter: 5, sentBytes: 7 }),
    call(2, { path: "a.Z/C", endedAfter: undefined, state: "open", sentBytes: 70 }),
    call(3, { path: "a.Z/A", endedAfter: 50, sentBytes: 7 }),
  ];

  it("is that in which they were made unless it is another", () => {
    expect(sortCalls(calls, undefined, 2_000)).toBe(calls);
  });

  it.each([
    ["method", false, [3, 1, 2]],
    ["time", true, [2, 3, 1]],
    ["out", true, [2, 1, 3]],
    ["out", false, [1, 3, 2]],
  ] as const)("by %s, descending %s", (column, descending, ids) => {
    expect(idsOf(sortCalls(calls, { column, descending }, 2_000))).toEqual(ids);
  });

  it("goes from one to the other and back to how they were made", () => {
    const first = nextSorting(undefined, "time");
    expect(first).toEqual({ column: "time", descending: true });
    expect(nextSorting(first, "time")).toEqual({ column: "time", descending: false });
    expect(nextSorting({ column: "time", descending: false }, "time")).toBeUndefined();
    expect(nextSorting(first, "method")).toEqual({ column: "method", descending: false });
  });
});

describe("the waterfall", () => {
  it("shows each call where it ran, an open one until now", () => {
    const calls = [call(0, { endedAfter: 50 }), call(50, { state: "open", endedAfter: undefined })];
    const range = timeRange(calls, 1_100);
    expect(range).toEqual({ from: 1_000, to: 1_100 });
    expect(calls.map((one) => partOf(one, range, 1_100))).toEqual([
      { start: 0, length: 0.5 },
      { start: 0.5, length: 0.5 },
    ]);
  });

  it("shows something of the shortest, also at the end", () => {
    const calls = [call(0, { endedAfter: 1_000 }), call(1_000, { endedAfter: 0 })];
    const { start, length } = partOf(call(1_000, { endedAfter: 0 }), timeRange(calls, 0), 0);
    expect(length).toBeGreaterThan(0);
    expect(start + length).toBeLessThanOrEqual(1);
  });
});
