import { BookCardSkeleton } from "./book-card-skeleton.tsx";
import classes from "./book-grid-skeleton.module.css";

const cards = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The outline of the catalogue while its first books are on their way. */
export function BookGridSkeleton() {
  return (
    <div aria-hidden className={classes.grid}>
      {cards.map((card) => (
        <BookCardSkeleton key={card} />
      ))}
    </div>
  );
}
