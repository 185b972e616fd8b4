import { create } from "@bufbuild/protobuf";
import { SpanSchema } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import type { RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { describe, expect, it } from "vitest";
import { browserRows } from "./browser-rows.ts";
import { clockShift, serverRows } from "./server-rows.ts";

const STARTED_AT = 1_700_000_000_000;

const open: RecordedCall = {
  ...{
    id: 1,
    protocol: "connect",
    framing: "connect-stream",
    httpMethod: "POST",
    url: "",
    path: "",
    method: undefined,
  },
  ...{ state: "open", reason: undefined, status: undefined, httpStatus: 200, startedAt: STARTED_AT },
  ...{ sentAfter: undefined, respondedAfter: undefined, endedAfter: undefined },
  ...{ requestHeaders: [], responseHeaders: [], trailers: [], frames: [] },
  ...{ sentBytes: 0, receivedBytes: 0, sentFrames: 0, receivedFrames: 0 },
};
const complete: RecordedCall = { ...open, state: "complete", sentAfter: 2, respondedAfter: 10, endedAfter: 20 };

function message(direction: RecordedFrame["direction"], at: number): RecordedFrame {
  const payload = new Uint8Array();
  const frame = { flag: 0, meaning: "message", codec: "proto", length: 0, payload, incomplete: false } as const;
  return { ...frame, number: 1, numberOfKind: 1, direction, at };
}

/** A span that lasts from one millisecond of the call to another, on the clock of the server. */
function span(spanId: string, from: number, to: number | undefined, parentSpanId = "") {
  const nanos = (time: number) => BigInt(STARTED_AT) * 1_000_000n + BigInt(time * 1_000_000);
  const name = `triptych.greeter.v1.GreeterService/${spanId}`;
  const endUnixNano = to === undefined ? 0n : nanos(to);
  return create(SpanSchema, { spanId, parentSpanId, name, startUnixNano: nanos(from), endUnixNano });
}

const stepsOf = (rows: ReturnType<typeof browserRows>) => rows.map(({ name, from, to }) => [name, from, to]);

describe("the browser's half of a call", () => {
  it("has what the call waited for, step by step", () => {
    const frames = [message("sent", 3), message("received", 12), message("received", 15)];
    expect(stepsOf(browserRows({ ...complete, frames }))).toEqual([
      ["The call", 0, 20],
      ["Queued in the browser", 0, 2],
      ["Until the headers", 2, 10],
      ["Until the first message", 10, 12],
      ["Messages received", 12, 15],
      ["Until the end", 15, 20],
    ]);
  });

  it("goes on where the call does", () => {
    expect(stepsOf(browserRows(open))).toEqual([
      ["The call", 0, undefined],
      ["Until the headers", 0, undefined],
    ]);
    const frames = [message("sent", 3), message("sent", 4)];
    expect(stepsOf(browserRows({ ...open, respondedAfter: 10, frames }))).toEqual([
      ["The call", 0, undefined],
      ["Until the headers", 0, 10],
      ["Messages sent", 3, undefined],
      ["Until the first message", 10, undefined],
    ]);
  });

  it("waits for no first message where the call is over without one", () => {
    expect(stepsOf(browserRows(complete)).map(([name]) => name)).not.toContain("Until the first message");
  });

  it("counts the messages that are not kept, too", () => {
    const frames = [message("received", 12), message("received", 15)];
    const rows = browserRows({ ...complete, frames, receivedFrames: 5_000 });
    expect(rows.find(({ name }) => name === "Messages received")).toMatchObject({ count: 5_000, marks: [12, 15] });
  });
});

describe("the server's half of a call", () => {
  it("has each span below the one that it is within, on the axis of the call", () => {
    const spans = [span("sync", 6, 7, "write"), span("SayHello", 3, 9), span("write", 4, 8, "SayHello")];
    const { rows, shift } = serverRows(complete, spans);
    expect(rows.map(({ name, depth, from, to }) => [name, depth, from, to])).toEqual([
      ["SayHello", 0, 3, 9],
      ["write", 1, 4, 8],
      ["sync", 2, 6, 7],
    ]);
    expect(shift).toBe(0);
  });

  it("of a trace that goes on from one of the client's begins with the call", () => {
    expect(serverRows(complete, [span("SayHello", 3, 9, "page")]).rows).toHaveLength(1);
  });

  it.each([
    ["is before the call", -100, -95, 102],
    ["began before the request was sent", 1, 5, 1],
    ["began after the headers came", 14, 16, -4],
    ["ended after the call", 9, 25, -5],
    ["ended after the call, but began no earlier than it can have", 3, 25, -1],
    ["is within it", 3, 9, 0],
    ["is within it so far", 3, undefined, 0],
  ])("is moved by as little as has it fit where it %s", (_, from, to, shift) => {
    expect(clockShift(complete, span("SayHello", from, to))).toBeCloseTo(shift, 3);
  });

  it("may end after a call that the browser has ended", () => {
    expect(clockShift({ ...complete, state: "cancelled" }, span("SayHello", 9, 25))).toBe(0);
  });
});
