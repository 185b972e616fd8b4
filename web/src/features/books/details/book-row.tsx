import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { ReactNode } from "react";
import { BookByline } from "../book/book-byline.tsx";
import { BookLink } from "../book/book-link.tsx";
import { BookRating } from "../rating/book-rating.tsx";
import classes from "./book-row.module.css";
import { CoverButton } from "./cover-button.tsx";

/** A book, and what is said of it. */
export interface BookRowProps {
  readonly book: Book;
  /** The level of its heading. */
  readonly level: 3 | 4;
  /** Why it is here. */
  readonly children?: ReactNode;
}

/** A book as an item of a short list: it can be opened and rated. */
export function BookRow({ book, level, children }: BookRowProps) {
  const Heading = level === 3 ? "h3" : "h4";
  return (
    <li className={classes.row}>
      <CoverButton book={book} thumbnail />
      <div className={classes.text}>
        <Heading className={classes.title} dir="auto">
          <BookLink id={book.id}>{book.title}</BookLink>
        </Heading>
        <BookByline book={book} lines={1} />
        {children !== undefined && <p className={classes.note}>{children}</p>}
        <BookRating book={book} />
      </div>
    </li>
  );
}
