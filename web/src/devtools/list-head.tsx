// biome-ignore-all lint/a11y/useSemanticElements: a grid of rows that are chosen, whose columns are laid out in other ways where it is narrow.
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows, and the buttons of the head, have the focus.
import classes from "./call-list.module.css";
import { nextSorting, type SortColumn, type Sorting } from "./sort-calls.ts";

/** How the list is sorted, and who hears that it is to be sorted otherwise. */
export interface ListHeadProps {
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

const columns: readonly (readonly [column: SortColumn, name: string, className?: string | undefined])[] = [
  ["protocol", "Protocol"],
  ["method", "Method"],
  ["kind", "Kind", classes.kind],
  ["status", "Status"],
  ["time", "Time", classes.number],
  ["out", "Out", classes.number],
  ["in", "In", classes.number],
  ["frames", "Frames", `${classes.number} ${classes.frames}`],
];

/** The names of the columns; pressing one sorts by it. */
export function ListHead({ sorting, onSort }: ListHeadProps) {
  return (
    <div role="row" className={classes.head}>
      {columns.map(([column, name, className]) => {
        const by = sorting?.column === column ? sorting : undefined;
        return (
          <span key={column} role="columnheader" className={className} aria-sort={sortOf(by)}>
            <button
              type="button"
              className={classes.by}
              title={
                by
                  ? `Sorted by ${name}, ${by.descending ? "largest or last" : "smallest or first"} first`
                  : `Sort by ${name}`
              }
              onClick={() => onSort(nextSorting(sorting, column))}
            >
              {name}
              <span aria-hidden>{by ? (by.descending ? " ↓" : " ↑") : ""}</span>
            </button>
          </span>
        );
      })}
      <span role="columnheader" className={classes.waterfall}>
        Waterfall
      </span>
    </div>
  );
}

function sortOf(by: Sorting | undefined): "none" | "ascending" | "descending" {
  if (by === undefined) return "none";
  return by.descending ? "descending" : "ascending";
}
