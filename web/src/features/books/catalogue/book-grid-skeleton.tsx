import { Skeleton } from "@mantine/core";
import classes from "./book-grid.module.css";

const cards = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The outline of the catalogue while its first books are on their way. */
export function BookGridSkeleton() {
  return (
    <div aria-hidden className={classes.grid}>
      {cards.map((card) => (
        <div key={card}>
          <Skeleton radius="sm" className={classes.cover} />
          <Skeleton height="1rem" width="80%" mt="sm" />
          <Skeleton height="0.75rem" width="55%" mt="xs" />
          <Skeleton height="1.25rem" width="7rem" mt="sm" />
        </div>
      ))}
    </div>
  );
}
