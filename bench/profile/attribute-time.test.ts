import { describe, expect, it } from "vitest";
import { attributeTime } from "./attribute-time.ts";
import type { CpuProfile } from "./cpu-profile.ts";

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
  children,
});

/** The rpc room calls Node, which calls what is built in; samples are 10 µs apart from time 1,000 on. */
const profile: CpuProfile = {
  startTime: 1_000,
  nodes: [
    node(1, "(root)", "", [2, 5, 6]),
    node(2, "serve", "file:///x/packages/rpc/src/call/serve-unary.ts", [3]),
    node(3, "respond", "node:internal/http2/core", [4]),
    node(4, "submit", ""),
    node(5, "(garbage collector)", ""),
    node(6, "(idle)", ""),
  ],
  samples: [2, 2, 3, 4, 5, 6, 2],
  timeDeltas: [10, 10, 10, 10, 10, 10, 10],
};

describe("attributing time", () => {
  const spent = attributeTime(profile, { start: 1_015, end: 1_065 });

  it("sums up by place, only what lies within the span, and what is built in for its caller", () => {
    expect(spent.rooms).toEqual([
      { name: "node: http2", time: 20 },
      { name: "rpc: calls", time: 10 },
      { name: "garbage collection", time: 10 },
    ]);
  });

  it("keeps idle time apart", () => {
    expect(spent).toMatchObject({ busy: 40, idle: 10 });
  });

  it("sums up by function", () => {
    expect(spent.functions[0]).toEqual({ name: "respond node:internal/http2/core:10", time: 20 });
    expect(spent.functions[1]).toEqual({ name: "serve packages/rpc/src/call/serve-unary.ts:10", time: 10 });
  });
});
