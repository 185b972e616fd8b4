import { Button } from "@mantine/core";
import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useEffect, useEffectEvent } from "react";
import { useDocumentTitle } from "../../../hooks/use-document-title.ts";
import { AppLink } from "../../../shell/app-link.tsx";
import { AddToBasket } from "../basket/add-to-basket.tsx";
import { BookCover } from "../book/book-cover.tsx";
import { publicationYear } from "../book/publication-year.ts";
import { useCategories } from "../book/use-categories.ts";
import { useReportEvent } from "../details/use-report-event.ts";
import { BookRating } from "../rating/book-rating.tsx";
import type { NotForMe } from "../recommendations/not-for-me.ts";
import classes from "./book-facts.module.css";

/** The book, and the books that the reader does not care for. */
export interface BookFactsProps {
  readonly book: Book;
  readonly notForMe: NotForMe;
}

/** The cover of a book, all that is known of it, and what its reader can do with it: rate it, put it aside, order it. Reports that it was opened. */
export function BookFacts({ book, notForMe }: BookFactsProps) {
  const { nameOf } = useCategories();
  const report = useReportEvent();
  useDocumentTitle(book.title);
  const opened = useEffectEvent((id: number) => report("opened", id));
  useEffect(() => opened(book.id), [book.id]);
  const isAside = notForMe.bookIds.includes(book.id);
  const year = publicationYear(book.year);
  return (
    <div className={classes.book}>
      <div className={classes.cover}>
        <BookCover book={book} />
      </div>
      <div className={classes.text}>
        <h1 className={classes.title} dir="auto">
          {book.title}
        </h1>
        <dl className={classes.facts}>
          <dt>{book.authors.length === 1 ? "Author" : "Authors"}</dt>
          <dd>
            {book.authors.map((author, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two authors may have one name.
              <span key={index} className={classes.name} dir="auto">
                {author}
              </span>
            ))}
          </dd>
          {year !== undefined && (
            <>
              <dt>First published</dt>
              <dd>{year}</dd>
            </>
          )}
          <dt>Categories</dt>
          <dd>
            {book.categories.map((category) => (
              <AppLink key={category} href={`/books?${new URLSearchParams({ category })}`} className={classes.category}>
                {nameOf(category)}
              </AppLink>
            ))}
          </dd>
          <dt>Your rating</dt>
          <dd>
            <BookRating book={book} />
          </dd>
        </dl>
        <div className={classes.actions}>
          <AddToBasket book={book} />
          <Button
            variant="subtle"
            size="compact-sm"
            aria-pressed={isAside}
            onClick={() => (isAside ? notForMe.remove(book.id) : notForMe.add(book.id))}
          >
            Not for me
          </Button>
          {isAside && <span className={classes.aside}>It is not recommended to you.</span>}
        </div>
      </div>
    </div>
  );
}
