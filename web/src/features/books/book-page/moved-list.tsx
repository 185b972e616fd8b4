import { useId } from "react";
import { BookLink } from "../book/book-link.tsx";
import { RankMarker } from "../recommendations/rank-marker.tsx";
import type { MovedBook, MovedBooks } from "./moved-books.ts";
import classes from "./moved-list.module.css";

/** What to show. */
export interface MovedListProps {
  readonly moved: MovedBooks;
  /** Whether it is compared with a list before. */
  readonly isCompared: boolean;
}

/** The list as it is, each book with the place that it had, and below it the books that are gone. */
export function MovedList({ moved: { now, gone }, isCompared }: MovedListProps) {
  const headingId = useId();
  return (
    <>
      <ol className={classes.list} aria-label="Your recommendations now">
        {now.map((book) => (
          <li key={book.id} className={classes.row}>
            <span className={classes.rank}>{book.rank}</span>
            <span className={classes.title} dir="auto">
              <BookLink id={book.id}>{book.title}</BookLink>
            </span>
            {isCompared && (
              <span className={classes.change}>
                {book.before !== undefined && book.before !== book.rank && (
                  <span className={classes.before}>was {book.before}</span>
                )}
                <RankMarker change={changeOf(book)} />
              </span>
            )}
          </li>
        ))}
      </ol>
      {gone.length > 0 && (
        <>
          <h3 id={headingId} className={classes.heading}>
            No longer among them
          </h3>
          <ul className={classes.list} aria-labelledby={headingId}>
            {gone.map(({ id, title, before }) => (
              <li key={id} className={classes.row}>
                <span className={classes.rank} aria-hidden>
                  –
                </span>
                <span className={classes.title} dir="auto">
                  <BookLink id={id}>{title}</BookLink>
                </span>
                <span className={classes.before}>was {before}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function changeOf({ rank, before }: MovedBook) {
  return before === undefined ? "new" : before - rank;
}
