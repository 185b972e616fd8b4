import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { AddToBasket } from "../basket/add-to-basket.tsx";
import { BookByline } from "../book/book-byline.tsx";
import { BookCover } from "../book/book-cover.tsx";
import { useCategories } from "../book/use-categories.ts";
import { BookRating } from "../rating/book-rating.tsx";
import classes from "./book-card.module.css";

/** A book of the catalogue, with the reader's stars and the way into the basket. */
export function BookCard({ book }: { readonly book: Book }) {
  const { nameOf } = useCategories();
  return (
    <li className={classes.card} tabIndex={-1}>
      <BookCover book={book} />
      <h2 className={classes.title} dir="auto">
        {book.title}
      </h2>
      <BookByline book={book} />
      <p className={classes.categories}>{book.categories.map(nameOf).join(" · ")}</p>
      <div className={classes.actions}>
        <BookRating book={book} />
        <AddToBasket book={book} />
      </div>
    </li>
  );
}
