import type { Cost } from "../profile/attribute-time.ts";
import type { ServerProfile } from "../profile/profile-row.ts";
import type { Row } from "../row.ts";
import { figure, percent } from "./figures.ts";
import { table } from "./table.ts";

const FUNCTIONS_SHOWN = 25;

/** The tables of a profile in Markdown: where the time went by place, and by function. */
export function describeProfile(row: Row, profile: ServerProfile): string {
  const { name, value, seconds, rooms, functions, busy, idle, file } = profile;
  // A rate tells how many there were.
  const count = row.unit.endsWith("/s") ? value * seconds : undefined;
  const each = count === undefined ? "" : `, ${figure(busy / count)} µs each`;
  return [
    `### ${row.name}, ${name}: ${figure(value)} ${row.unit} while profiled`,
    `Busy ${percent(busy / (busy + idle))} of the time${each}. ${file}`,
    costTable("place", rooms, busy, count),
    costTable("function", functions.slice(0, FUNCTIONS_SHOWN), busy, count),
  ].join("\n\n");
}

function costTable(title: string, costs: readonly Cost[], busy: number, count: number | undefined): string {
  const lines = costs.map(({ name, time }) => [
    name,
    `${((100 * time) / busy).toFixed(1)} %`,
    count === undefined ? "" : (time / count).toFixed(2),
  ]);
  return table([[title, "share", "µs each"], ...lines], ["left", "right", "right"]);
}
