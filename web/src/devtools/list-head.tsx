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
    <div role="toolbar" aria-label="Sort the calls by" className={classes.head}>
      {columns.map(([column, name, className]) => {
        const isBy = sorting?.column === column;
        return (
          <button
            key={column}
            type="button"
            className={`${classes.by} ${className ?? ""}`}
            aria-pressed={isBy}
            title={
              isBy
                ? `Sorted by ${name}, ${sorting.descending ? "largest or last" : "smallest or first"} first`
                : `Sort by ${name}`
            }
            onClick={() => onSort(nextSorting(sorting, column))}
          >
            {name}
            <span aria-hidden>{isBy ? (sorting.descending ? " ↓" : " ↑") : ""}</span>
          </button>
        );
      })}
      <span aria-hidden className={classes.waterfall}>
        Waterfall
      </span>
    </div>
  );
}
