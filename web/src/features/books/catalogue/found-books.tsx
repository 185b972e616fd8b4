import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { Shelf } from "../shelf/shelf.tsx";
import { BookCard } from "./book-card.tsx";
import { BookCardSkeleton } from "./book-card-skeleton.tsx";
import { gridSpacing } from "./grid-spacing.ts";
import { NothingFound } from "./nothing-found.tsx";

/** The books to show. */
export interface FoundBooksProps {
  /** Those that are there, from the first. */
  readonly books: readonly Book[];
  /** How many there are in all. */
  readonly total: number;
  /** The words searched for, to be marked; empty for none. */
  readonly query: string;
  /** The id of the category looked in; empty for all. */
  readonly category: string;
  /** Whether other books are on their way to take their place. */
  readonly stale: boolean;
  /** Called with the number of books, from the first, that are needed for what is seen. */
  readonly onReach: (end: number) => void;
  /** Shows all books again. */
  readonly onReset: () => void;
}

/** Books on a shelf as long as the catalogue, or a word where there are none. A book that is not there yet is an outline until it comes. */
export function FoundBooks({ books, total, query, category, stale, onReach, onReset }: FoundBooksProps) {
  if (books.length === 0) return <NothingFound query={query} category={category} onReset={onReset} />;
  return (
    <Shelf
      label="Books"
      count={total}
      spacing={gridSpacing}
      // The place, so that it keeps the focus when its book comes.
      keyOf={(index) => index}
      onReach={onReach}
      stale={stale}
    >
      {(index) => {
        const book = books[index];
        return book === undefined ? <BookCardSkeleton /> : <BookCard key={book.id} book={book} query={query} />;
      }}
    </Shelf>
  );
}
