import { Skeleton } from "@mantine/core";
import classes from "./page-skeleton.module.css";

/** The outline of a page while it is loaded. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className={classes.skeleton}>
      <span className={classes.words} role="status">
        Loading the page…
      </span>
      <Skeleton height="3rem" width="min(18rem, 70%)" />
      <Skeleton height="1.25rem" width="min(34rem, 100%)" />
      <div className={classes.panels}>
        <Skeleton height="16rem" />
        <Skeleton height="16rem" />
      </div>
    </div>
  );
}
