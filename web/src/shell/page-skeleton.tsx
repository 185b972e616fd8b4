import { Skeleton } from "@mantine/core";
import classes from "./page-skeleton.module.css";

/** The outline of what stands below the header of a page, while it is loaded. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className={classes.skeleton}>
      <span className={classes.words} role="status">
        Loading the page…
      </span>
      <Skeleton height="16rem" />
      <Skeleton height="16rem" />
    </div>
  );
}
