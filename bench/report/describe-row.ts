import type { RowResult, SubjectResult, TargetResult } from "../results.ts";
import { figure, percent, ratio } from "./figures.ts";
import { table } from "./table.ts";

/** The tables of one row in Markdown: who did what, what became of the targets, and who was left out. */
export function describeRow(result: RowResult): string {
  const parts = [`### ${result.name}: ${result.title}`];
  if (result.contenders.length > 0) parts.push(subjectTable(result));
  if (result.targets.length > 0) parts.push(targetTable(result.targets));
  if (result.leftOut.length > 0) {
    parts.push(result.leftOut.map(({ name, reason }) => `- left out: ${name}, ${reason}`).join("\n"));
  }
  return parts.join("\n\n");
}

function subjectTable({ contenders, unit }: RowResult): string {
  const lines = contenders.map(({ name, median, min, max, busy, microsEach }: SubjectResult) => [
    name,
    figure(median),
    `${figure(min)} – ${figure(max)}`,
    busy === undefined ? "" : percent(busy),
    microsEach === undefined ? "" : figure(microsEach),
  ]);
  return table(
    [["", unit, "min – max", "server busy", "server µs each"], ...lines],
    ["left", "right", "right", "right", "right"],
  );
}

/** The table of targets, and whether they are met. */
function targetTable(targets: readonly TargetResult[]): string {
  return table(
    [["", "median", "min – max", "target", ""], ...targets.map(targetLine)],
    ["left", "right", "right", "right", "left"],
  );
}

function targetLine({ of, per, bound, value, median, min, max, met }: TargetResult): string[] {
  const show = per === undefined ? figure : ratio;
  const subject = per === undefined ? of : `${of} ÷ ${per}`;
  return [subject, show(median), `${show(min)} – ${show(max)}`, `${bound} ${value}`, met ? "met" : "missed"];
}
