import { describe, expect, it } from "vitest";
import { judge, type SubjectResult } from "./results.ts";
import type { Target } from "./row.ts";
import { summarize } from "./statistics.ts";

const result = (name: string, samples: number[]): SubjectResult => ({ name, samples, ...summarize(samples) });
const ours = result("ours", [8, 10, 12]);
const peer = result("peer", [10, 20, 10]);

describe("judging targets", () => {
  it("divides within each round", () => {
    const target: Target = { of: "ours", per: "peer", bound: "≥", value: 0.9 };
    expect(judge([target], [ours, peer])).toEqual([{ ...target, median: 0.8, min: 0.5, max: 1.2, met: false }]);
  });

  it.each([
    ["≥", 10, true],
    ["≥", 10.1, false],
    ["≤", 10, true],
    ["≤", 9.9, false],
  ] as const)("holds the figure itself against %s %s where there is no peer", (bound, value, met) => {
    expect(judge([{ of: "ours", bound, value }], [ours])).toMatchObject([{ median: 10, met }]);
  });

  it("divides by the highest of several peers that were measured", () => {
    const other = result("other", [5, 5, 5]);
    const target: Target = { of: "ours", per: ["other", "peer", "absent"], bound: "≥", value: 0.9 };
    expect(judge([target], [ours, other, peer])).toMatchObject([{ per: "peer", median: 0.8 }]);
  });

  it("leaves out targets about whom was not measured", () => {
    const target: Target = { of: "ours", per: "peer", bound: "≥", value: 1 };
    expect(judge([target], [ours])).toEqual([]);
    expect(judge([target], [peer])).toEqual([]);
  });
});
