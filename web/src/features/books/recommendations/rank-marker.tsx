import classes from "./rank-marker.module.css";
import type { RankChange } from "./ranked-list.ts";

/** How far a book has moved since the list before: `▲3`, `▼1` or `new`; nothing when it has not. */
export function RankMarker({ change }: { readonly change: RankChange | undefined }) {
  if (change === undefined || change === 0) return null;
  if (change === "new") {
    return (
      <span className={classes.marker} data-direction="new">
        new
      </span>
    );
  }
  const up = change > 0;
  const places = Math.abs(change);
  return (
    <span
      className={classes.marker}
      data-direction={up ? "up" : "down"}
      role="img"
      aria-label={`${up ? "up" : "down"} ${places}`}
    >
      {up ? "▲" : "▼"}
      {places}
    </span>
  );
}
