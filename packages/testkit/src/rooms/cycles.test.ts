import { expect, it } from "vitest";
import { cyclesOf } from "./cycles.ts";

const graphOf = (edges: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]));

it("finds none where all arrows point one way", () => {
  expect(cyclesOf(graphOf({ a: ["b", "c"], b: ["c"], c: ["elsewhere"] }))).toEqual([]);
});

it("finds each by all the names that lead to each other", () => {
  const graph = graphOf({ a: ["c"], b: ["a"], c: ["b", "d"], d: ["d"], e: ["a"] });
  expect(cyclesOf(graph)).toEqual([["a", "b", "c"], ["d"]]);
});
