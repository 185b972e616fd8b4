import { expect, it } from "vitest";
import { linePath, scale, ticks, tickText } from "./plot-scale.ts";

it("maps ends to ends, and what has no width to the middle", () => {
  const across = scale([-1, 1], [0, 200]);
  expect([across(-1), across(0), across(1)]).toEqual([0, 100, 200]);
  expect(scale([5, 5], [200, 0])(5)).toBe(100);
});

it.each([
  [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [[-5, 5], 4, [-5, 0, 5]],
  [[0.13, 0.71], 3, [0.2, 0.4, 0.6]],
  [[0, 1_234], 4, [0, 500, 1_000]],
  [[3, 3], 4, [3]],
  [[-1e-323, 1e-323], 4.33, [-1e-323]],
  [[-1e308, 1e308], 4, [-1e308]],
] as const)("has round ticks from %j, about %i of them", (range, count, expected) => {
  expect(ticks(range, count)).toEqual(expected);
});

it("writes ticks short", () => {
  expect([0, -0.25, 1_500, 2e9, 1.5e-7].map(tickText)).toEqual(["0", "-0.25", "1,500", "2e9", "1.5e-7"]);
});

it("draws a line with gaps", () => {
  const same = (value: number) => value;
  const points = [
    { x: 0, y: 1 },
    { x: 1, y: 2 },
    { x: 2, y: undefined },
    { x: 3, y: 4 },
  ];
  expect(linePath(points, same, same)).toBe("M0.0 1.0L1.0 2.0M3.0 4.0");
});
