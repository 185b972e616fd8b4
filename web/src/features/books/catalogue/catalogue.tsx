import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { CategorySelect } from "../book/category-select.tsx";
import type { BooksLocation } from "../use-books-location.ts";
import { BookGrid } from "./book-grid.tsx";
import { BookGridSkeleton } from "./book-grid-skeleton.tsx";
import classes from "./catalogue.module.css";
import { NothingFound } from "./nothing-found.tsx";
import { SearchField } from "./search-field.tsx";
import { useCatalogue } from "./use-catalogue.ts";

/** The catalogue: books to browse by category, search as one types, rate and order. */
export function Catalogue({ location }: { readonly location: BooksLocation }) {
  const { query, category, change } = location;
  const catalogue = useCatalogue(query, category);
  const { books, total, error, isPlaceholderData } = catalogue;
  return (
    <section aria-label="Catalogue">
      <search className={classes.filters}>
        <SearchField query={query} onChange={(next) => change({ query: next })} />
        <CategorySelect label="Category" value={category} onChange={(next) => change({ category: next })} />
      </search>
      <p role="status" aria-label="Books found" className={classes.count}>
        {books !== undefined && !isPlaceholderData && countText(books.length, total)}
      </p>
      {error !== null && <ErrorNotice error={error} onRetry={() => void catalogue.refetch()} />}
      {books === undefined ? (
        error === null && <BookGridSkeleton />
      ) : books.length === 0 ? (
        <NothingFound query={query} category={category} onReset={() => change({ query: "", category: "" })} />
      ) : (
        <BookGrid
          books={books}
          stale={isPlaceholderData}
          loadingMore={catalogue.isFetchingNextPage}
          {...(catalogue.hasNextPage && { onShowMore: () => void catalogue.fetchNextPage() })}
        />
      )}
    </section>
  );
}

function countText(shown: number, total: number): string {
  if (total === 0) return "No books found";
  if (shown < total) return `${shown} of ${total} books`;
  return total === 1 ? "1 book" : `All ${total} books`;
}
