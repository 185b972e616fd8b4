import type { PlotResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { useMemo } from "react";
import { LinePlot } from "../../../components/line-plot/line-plot.tsx";
import { failureText } from "./line-text.ts";
import { plotPoints, valueRange } from "./plot-series.ts";
import classes from "./plot-view.module.css";

/** The points of a plot, as far as they have come. */
export interface PlotViewProps {
  readonly expression: string;
  readonly responses: readonly PlotResponse[];
  /** How many points there will be. */
  readonly total: number;
  readonly isOpen: boolean;
}

/** The drawing of a function, and its points as a table for who wants the numbers. */
export function PlotView({ expression, responses, total, isOpen }: PlotViewProps) {
  const points = useMemo(() => plotPoints(responses), [responses]);
  const [first, second] = points;
  // All distances are equal, so two points say where the last one will be.
  const width = first === undefined || second === undefined ? 1 : (second.x - first.x) * (total - 1);
  const start = first?.x ?? 0;
  const gaps = points.filter(({ y }) => y === undefined).length;
  const range = valueRange(points);
  const summary = isOpen
    ? `${expression}, being drawn`
    : `${expression}: ${points.length} points${gaps === 0 ? "" : `, ${gaps} of them without a value`}`;
  return (
    <div className={classes.plot}>
      <LinePlot
        label={summary}
        series={[{ label: expression, points }]}
        xRange={[start, start + width]}
        yRange={range ?? [0, 1]}
      />
      <details className={classes.details}>
        <summary>The points as a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
        <section className={classes.scroll} aria-label="Points" tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">x</th>
                <th scope="col">{expression}</th>
              </tr>
            </thead>
            <tbody>
              {responses.map(({ x, outcome }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a point stays at its place, and two may be rounded to one x
                <tr key={index}>
                  <td>{x}</td>
                  <td>{outcome.case === "failure" ? failureText(outcome.value).text : outcome.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </div>
  );
}
