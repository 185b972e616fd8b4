import { Skeleton } from "@mantine/core";
import classes from "./recommendations-skeleton.module.css";

const rows = ["a", "b", "c", "d", "e", "f"];

/** The outline of the recommendations while the first list is on its way. */
export function RecommendationsSkeleton() {
  return (
    <div aria-hidden>
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton height="1.5rem" width="1.5rem" circle />
          <Skeleton height="3rem" width="2.25rem" radius="xs" />
          <div className={classes.text}>
            <Skeleton height="1rem" width="70%" />
            <Skeleton height="0.75rem" width="45%" />
            <Skeleton height="0.75rem" width="90%" />
          </div>
        </div>
      ))}
    </div>
  );
}
