import { CloseButton } from "@mantine/core";
import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useEffect, useId, useRef } from "react";
import { AddToBasket } from "../basket/add-to-basket.tsx";
import dialogClasses from "../basket/order-dialog.module.css";
import { BookByline } from "../book/book-byline.tsx";
import { BookCover } from "../book/book-cover.tsx";
import { BookLink } from "../book/book-link.tsx";
import { useCategories } from "../book/use-categories.ts";
import { BookRating } from "../rating/book-rating.tsx";
import classes from "./book-dialog.module.css";
import { SimilarBooks } from "./similar-books.tsx";

/** What `BookDialog` shows. */
export interface BookDialogProps {
  readonly book: Book;
  /** Called once it has closed. */
  readonly onClose: () => void;
}

/** A book in a drawer over the page: all that is known of it, and the books like it. Another book takes its place, and the focus goes to its title. */
export function BookDialog({ book, onClose }: BookDialogProps) {
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { nameOf } = useCategories();
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another book is what the focus follows.
  useEffect(() => {
    heading.current?.focus();
    dialog.current?.scrollTo?.({ top: 0 });
  }, [book.id]);
  return (
    <dialog ref={dialog} className={dialogClasses.dialog} aria-labelledby={headingId} closedby="any" onClose={onClose}>
      <div className={dialogClasses.head}>
        <h2 ref={heading} id={headingId} tabIndex={-1} className={classes.title} dir="auto">
          <BookLink id={book.id}>{book.title}</BookLink>
        </h2>
        <CloseButton aria-label="Close the book" onClick={() => dialog.current?.close()} />
      </div>
      <div className={classes.book}>
        <div className={classes.cover}>
          <BookCover book={book} />
        </div>
        <div className={classes.text}>
          <BookByline book={book} />
          <p className={classes.categories}>{book.categories.map(nameOf).join(" · ")}</p>
          <BookRating book={book} />
          <AddToBasket book={book} />
        </div>
      </div>
      <SimilarBooks bookId={book.id} title={book.title} level={3} />
    </dialog>
  );
}
