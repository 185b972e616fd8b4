import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { Fragment } from "react";
import classes from "./book-byline.module.css";
import { MatchedText } from "./matched-text.tsx";
import { publicationYear } from "./publication-year.ts";

/** Whose byline, and how it is shown. */
export interface BookBylineProps {
  readonly book: Book;
  /** The words searched for, to be marked; empty or absent for none. */
  readonly query?: string;
  /** How many lines it may take; three where absent. */
  readonly lines?: 1 | 3;
}

/** Who wrote a book, and when it was first published where that is known. The hundredth author is told on hover. */
export function BookByline({ book, query = "", lines = 3 }: BookBylineProps) {
  const year = publicationYear(book.year);
  const authors = book.authors.join(", ");
  return (
    <p className={classes.byline} data-lines={lines} title={authors}>
      {year !== undefined && <span className={classes.year}>{year} · </span>}
      {book.authors.map((author, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two authors may have one name.
        <Fragment key={index}>
          {index > 0 && ", "}
          <bdi>
            <MatchedText text={author} query={query} />
          </bdi>
        </Fragment>
      ))}
    </p>
  );
}
