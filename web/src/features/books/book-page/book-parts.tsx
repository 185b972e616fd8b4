import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useMemo } from "react";
import { keptForTab } from "../../../storage/kept-storage.ts";
import { SimilarBooks } from "../details/similar-books.tsx";
import { createListsBefore } from "../rating/lists-before.ts";
import { RatingsContext, useRatings } from "../rating/ratings-context.ts";
import { useNotedRatings } from "../rating/use-noted-ratings.ts";
import type { Recommendations } from "../recommendations/use-recommendations.ts";
import { BookFacts } from "./book-facts.tsx";
import { BookFactsSkeleton } from "./book-facts-skeleton.tsx";
import classes from "./book-parts.module.css";
import { MovedPanel } from "./moved-panel.tsx";
import { RatingsPanel } from "./ratings-panel.tsx";

/** The book, and what its reader has to do with it. */
export interface BookPartsProps {
  readonly readerId: number;
  readonly bookId: number;
  /** Undefined while it is on its way, or cannot be had. */
  readonly book: Book | undefined;
  /** Whether it cannot be had. */
  readonly failed: boolean;
  readonly recommendations: Recommendations;
}

/** What stands on the page of a book: the book itself, its readers' ratings, what moved since it was rated, and the books like it. */
export function BookParts({ readerId, bookId, book, failed, recommendations }: BookPartsProps) {
  const lists = useMemo(() => createListsBefore(keptForTab, readerId), [readerId]);
  const ratings = useNotedRatings(useRatings(), recommendations, lists.set);
  return (
    <RatingsContext value={ratings}>
      {book !== undefined && <BookFacts book={book} notForMe={recommendations.notForMe} />}
      {book === undefined && !failed && <BookFactsSkeleton />}
      <div className={classes.parts}>
        <div className={classes.column}>
          <RatingsPanel bookId={bookId} sequence={recommendations.data.sequence} />
          <MovedPanel bookId={bookId} recommendations={recommendations} before={lists.get(bookId)} />
        </div>
        <div className={classes.similar}>
          <SimilarBooks bookId={bookId} title={book?.title ?? ""} level={2} />
        </div>
      </div>
    </RatingsContext>
  );
}
