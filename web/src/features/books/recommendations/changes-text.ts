import type { RankChange } from "./ranked-list.ts";

/** What became of the books of a list, for people: `3 up, 2 down, 1 new`. */
export function changesText(changes: ReadonlyMap<number, RankChange>): string {
  const all = [...changes.values()];
  const counts = [
    [all.filter((change) => change !== "new" && change > 0).length, "up"],
    [all.filter((change) => change !== "new" && change < 0).length, "down"],
    [all.filter((change) => change === "new").length, "new"],
  ] as const;
  const some = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return some.length === 0 ? "every book kept its place" : some.join(", ");
}
