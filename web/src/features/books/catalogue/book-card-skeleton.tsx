import { Skeleton, VisuallyHidden } from "@mantine/core";
import classes from "./book-card.module.css";

/** The outline of a book that is on its way, of the size of its card. */
export function BookCardSkeleton() {
  return (
    <div className={classes.card}>
      <VisuallyHidden>Loading…</VisuallyHidden>
      <Skeleton radius="sm" className={classes.cover} />
      <div className={classes.text} aria-hidden>
        <Skeleton height="1rem" width="80%" mt="0.7rem" />
        <Skeleton height="0.75rem" width="55%" mt="xs" />
        <Skeleton height="1.25rem" width="7rem" mt="sm" />
      </div>
    </div>
  );
}
