import { type ReactNode, useId } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { BookRowsSkeleton } from "../details/book-rows-skeleton.tsx";
import classes from "./discover.module.css";

/** A list of books that a call brings. */
export interface ShortShelfProps {
  readonly title: string;
  /** What the books have in common, as a sentence. */
  readonly about: string;
  readonly query: { readonly error: Error | null; readonly refetch: () => unknown };
  /** How many books have come; undefined until they have. */
  readonly count: number | undefined;
  /** What is said where there are none. */
  readonly empty: string;
  /** The books, as items of a list. */
  readonly children: ReactNode;
}

/** A short list of books under a heading: loading, failed, empty or there. */
export function ShortShelf({ title, about, query, count, empty, children }: ShortShelfProps) {
  const headingId = useId();
  const { error, refetch } = query;
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className={classes.title}>
        {title}
      </h2>
      <p className={classes.about}>{about}</p>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {count === undefined ? (
        error === null && <BookRowsSkeleton count={4} />
      ) : count === 0 ? (
        <EmptyState title={empty} />
      ) : (
        <ul className={classes.list} aria-labelledby={headingId}>
          {children}
        </ul>
      )}
    </section>
  );
}
