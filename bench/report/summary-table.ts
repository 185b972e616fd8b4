import type { RowResult } from "../results.ts";
import { figure, ratio } from "./figures.ts";
import { table } from "./table.ts";

/** All targets of all rows in one table in Markdown. */
export function summaryTable(results: readonly RowResult[]): string {
  const lines = results.flatMap(({ title, unit, targets }) =>
    targets.map(({ of, per, bound, value, median, met }) => [
      title,
      per === undefined ? `${of}, ${unit}` : `${of} ÷ ${per}`,
      (per === undefined ? figure : ratio)(median),
      `${bound} ${value}`,
      met ? "met" : "missed",
    ]),
  );
  return table([["", "", "figure", "target", ""], ...lines], ["left", "left", "right", "right", "left"]);
}
