import { VisuallyHidden } from "@mantine/core";
import type { StarCount } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./ratings-chart.module.css";

/** What to show. */
export interface RatingsChartProps {
  /** How many readers gave how many stars; empty until that is known. */
  readonly counts: readonly StarCount[];
  /** How many this reader gave; undefined for none. */
  readonly ownStars: number | undefined;
}

const rows = [5, 4, 3, 2, 1];

/** A bar for each number of stars, from 5 down to 1, as long as its share of all ratings. It is as large before anything is known. */
export function RatingsChart({ counts, ownStars }: RatingsChartProps) {
  const readersOf = new Map(counts.map(({ stars, readers }) => [stars, readers]));
  const all = counts.reduce((sum, { readers }) => sum + readers, 0);
  return (
    <ul className={classes.chart} aria-label="Ratings by stars">
      {rows.map((stars) => {
        const readers = readersOf.get(stars);
        const share = all === 0 ? 0 : (readers ?? 0) / all;
        return (
          <li key={stars} className={classes.row} data-own={stars === ownStars || undefined}>
            <span className={classes.stars}>
              {stars} <span aria-hidden>★</span>
              <VisuallyHidden component="span">{stars === 1 ? "star" : "stars"}</VisuallyHidden>
            </span>
            <span aria-hidden className={classes.track}>
              <span className={classes.bar} style={{ width: `${share * 100}%` }} />
            </span>
            <span className={classes.count}>
              {readers?.toLocaleString("en") ?? "–"}
              <VisuallyHidden component="span">{readers === 1 ? " reader" : " readers"}</VisuallyHidden>
              {stars === ownStars && <span className={classes.own}> yours</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
