import { Button } from "@mantine/core";
import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useLayoutEffect, useRef } from "react";
import { BookCard } from "./book-card.tsx";
import classes from "./book-grid.module.css";

/** The books to show. */
export interface BookGridProps {
  readonly books: readonly Book[];
  /** Whether other books are on their way to take their place. */
  readonly stale: boolean;
  readonly loadingMore: boolean;
  /** Shows the next page; absent on the last. */
  readonly onShowMore?: () => void;
}

/** Books on a shelf, with a button for more. */
export function BookGrid({ books, stale, loadingMore, onShowMore }: BookGridProps) {
  const list = useRef<HTMLUListElement>(null);
  const continueAt = useRef<number>(undefined);
  // The focus goes to the first of the new books, also where the button is gone because they were the last.
  useLayoutEffect(() => {
    const index = continueAt.current;
    if (index === undefined || books.length <= index) return;
    continueAt.current = undefined;
    const item = list.current?.children[index];
    if (item instanceof HTMLElement) item.focus({ preventScroll: true });
  }, [books]);
  return (
    <>
      <ul ref={list} className={classes.grid} aria-label="Books" aria-busy={stale} data-stale={stale || undefined}>
        {books.map((book) => (
          <BookCard key={book.id} book={book} />
        ))}
      </ul>
      {onShowMore !== undefined && (
        <Button
          variant="default"
          className={classes.more}
          loading={loadingMore}
          onClick={() => {
            continueAt.current = books.length;
            onShowMore();
          }}
        >
          Show more books
        </Button>
      )}
    </>
  );
}
