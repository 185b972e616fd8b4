import { create } from "@bufbuild/protobuf";
import { FailureKind, PlotResponseSchema } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { expect, it } from "vitest";
import { plotPoints, valueRange } from "./plot-series.ts";

it("leaves a gap where no double holds the place", () => {
  const far = create(PlotResponseSchema, { x: "1e+400", outcome: { case: "y", value: "1" } });
  expect(plotPoints([far]).map(({ x, y }) => [Number.isFinite(x), y])).toEqual([[true, undefined]]);
});

it("leaves a gap where there is no value that can be drawn", () => {
  const responses = [
    create(PlotResponseSchema, { x: "-1", outcome: { case: "y", value: "1.5e+3" } }),
    create(PlotResponseSchema, { x: "0", outcome: { case: "failure", value: { kind: FailureKind.INVALID } } }),
    create(PlotResponseSchema, { x: "1", outcome: { case: "y", value: "1e+400" } }),
  ];
  expect(plotPoints(responses)).toEqual([
    { x: -1, y: 1_500 },
    { x: 0, y: undefined },
    { x: 1, y: undefined },
  ]);
});

const pointsOf = (...values: (number | undefined)[]) => values.map((y, x) => ({ x, y }));

it("shows all values, whatever the gaps between them", () => {
  expect(valueRange(pointsOf(1, undefined, 4, 2))).toEqual([1, 4]);
  expect(valueRange(pointsOf(3, 3))).toEqual([3, 3]);
  expect(valueRange(pointsOf(undefined))).toBeUndefined();
});

it("does not let a pole flatten everything else", () => {
  const values = Array.from({ length: 100 }, (_, index) => index);
  expect(valueRange(pointsOf(...values, 1e9, -1e9))).toEqual([4 - 2 * 90, 94 + 2 * 90]);
});
