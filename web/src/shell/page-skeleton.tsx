import { Button, Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { EmptyState } from "../components/empty-state.tsx";
import classes from "./page-skeleton.module.css";

/** After how long in milliseconds a page that is not there is said to take long. */
const LATE_MS = 15_000;

/** The outline of what stands below the header of a page, while it is loaded; says so when that takes long, as on a connection that has silently broken. */
export function PageSkeleton() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" className={classes.skeleton}>
      <span className={classes.words} role="status">
        {isLate ? "This page takes long to load." : "Loading the page…"}
      </span>
      {isLate && (
        <div className={classes.late}>
          <EmptyState
            title="This page takes long to load"
            action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
          >
            It appears here as soon as it comes.
          </EmptyState>
        </div>
      )}
      <Skeleton height="16rem" />
      <Skeleton height="16rem" />
    </div>
  );
}
