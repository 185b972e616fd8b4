import { useQuery } from "@connectrpc/connect-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useId } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { IsolatedNames } from "../../../text/isolated-names.tsx";
import { BookRow } from "./book-row.tsx";
import { BookRowsSkeleton } from "./book-rows-skeleton.tsx";
import classes from "./similar-books.module.css";

/** Which book the others are like. */
export interface SimilarBooksProps {
  readonly bookId: number;
  readonly title: string;
  /** The level of the heading. */
  readonly level: 2 | 3;
}

const maxResults = 8;

/** The books most like one, with why and what liking it adds for each. It stands alone: it needs nothing of what shows the book. */
export function SimilarBooks({ bookId, title, level }: SimilarBooksProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const headingId = useId();
  const { data, error, refetch } = useQuery(RecommendationService.method.similarBooks, { bookId, maxResults });
  return (
    <section aria-labelledby={headingId}>
      <Heading id={headingId} className={classes.heading}>
        Similar books
      </Heading>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <BookRowsSkeleton count={3} />
      ) : data.similarBooks.length === 0 ? (
        <EmptyState title="No similar books">Not enough is known about it yet.</EmptyState>
      ) : (
        <ul className={classes.list} aria-label="Similar books">
          {data.similarBooks.map(
            ({ book, weight, reason }) =>
              book !== undefined && (
                <BookRow key={book.id} book={book} level={level === 2 ? 3 : 4}>
                  {reason !== undefined && <IsolatedNames text={reason.summary} names={[title]} />}
                  {weight > 0 && <span className={classes.weight}> +{weight.toFixed(2)}</span>}
                </BookRow>
              ),
          )}
        </ul>
      )}
    </section>
  );
}
