import type { PlotResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import type { Point } from "../../../components/line-plot/plot-scale.ts";

/** The points as a drawing has them: where there is no value, or no place or value that a double holds, there is a gap. */
export function plotPoints(responses: readonly PlotResponse[]): readonly Point[] {
  return responses.map(({ x: place, outcome }) => {
    const x = Number(place);
    const y = outcome.case === "y" ? Number(outcome.value) : Number.NaN;
    return Number.isFinite(x) ? { x, y: Number.isFinite(y) ? y : undefined } : { x: 0, y: undefined };
  });
}

/**
 * The values to show: all of them, unless a few are far away from the rest, as beside a pole; then the rest, with as much room again above
 * and below. Undefined where there is none.
 */
export function valueRange(points: readonly Point[]): readonly [number, number] | undefined {
  const values = points.flatMap(({ y }) => (y === undefined ? [] : [y])).sort((a, b) => a - b);
  const [least, most] = [values[0], values.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const at = (share: number) => values[Math.floor(share * (values.length - 1))] ?? least;
  const [low, high] = [at(0.05), at(0.95)];
  const room = 2 * (high - low);
  return room === 0 ? [least, most] : [Math.max(least, low - room), Math.min(most, high + room)];
}
