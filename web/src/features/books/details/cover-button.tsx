import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { AppLink } from "../../../shell/app-link.tsx";
import { BookCover } from "../book/book-cover.tsx";
import { bookAddress } from "../book/book-link.tsx";
import classes from "./cover-button.module.css";
import { useOpenBook } from "./open-book-context.ts";
import { useReportEvent } from "./use-report-event.ts";

/** Which book, and how large its cover is. */
export interface CoverButtonProps {
  readonly book: Book;
  /** Without words, for where it is too small to read them. */
  readonly thumbnail?: boolean;
}

/** The cover of a book, which opens it, and reports that; or leads to its page, as its title does. */
export function CoverButton({ book, thumbnail = false }: CoverButtonProps) {
  const open = useOpenBook();
  const report = useReportEvent();
  return (
    <div className={classes.cover} data-thumbnail={thumbnail || undefined}>
      <BookCover book={book} thumbnail={thumbnail} />
      {open === undefined ? (
        // The title beside it is the same link, for who uses the keyboard or hears the page.
        <AppLink href={bookAddress(book.id)} className={classes.button} tabIndex={-1} aria-hidden>
          {null}
        </AppLink>
      ) : (
        // Over the cover and not around it: the words on that are for the eye only, and would be a part of the button's label.
        <button
          type="button"
          className={classes.button}
          aria-label={`Open: ${book.title}`}
          aria-haspopup="dialog"
          onClick={() => {
            report("opened", book.id);
            open(book);
          }}
        />
      )}
    </div>
  );
}
