import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { memo } from "react";
import { AddToBasket } from "../basket/add-to-basket.tsx";
import { BookByline } from "../book/book-byline.tsx";
import { BookLink } from "../book/book-link.tsx";
import { MatchedText } from "../book/matched-text.tsx";
import { useCategories } from "../book/use-categories.ts";
import { CoverButton } from "../details/cover-button.tsx";
import { BookRating } from "../rating/book-rating.tsx";
import classes from "./book-card.module.css";

/** A book, and what it was found by. */
export interface BookCardProps {
  readonly book: Book;
  /** The words searched for, to be marked; empty for none. */
  readonly query: string;
}

/**
 * A book of the catalogue, with the reader's stars and the way into the basket. Every card is equally high: what is too long
 * ends in dots, and is told in full on hover.
 */
export const BookCard = memo(function BookCard({ book, query }: BookCardProps) {
  const { nameOf } = useCategories();
  const categories = book.categories.map(nameOf).join(" · ");
  return (
    <div className={classes.card}>
      <CoverButton book={book} />
      <div className={classes.text}>
        <h2 className={classes.title} dir="auto" title={book.title}>
          <BookLink id={book.id}>
            <MatchedText text={book.title} query={query} />
          </BookLink>
        </h2>
        <BookByline book={book} query={query} lines={1} />
        <p className={classes.categories} title={categories}>
          {categories}
        </p>
        <div className={classes.actions}>
          <BookRating book={book} />
          <AddToBasket book={book} />
        </div>
      </div>
    </div>
  );
});
