import { Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import type { BooksLocation } from "../use-books-location.ts";
import { BookGridSkeleton } from "./book-grid-skeleton.tsx";
import classes from "./catalogue.module.css";
import { SearchField } from "./search-field.tsx";
import { useCatalogue } from "./use-catalogue.ts";

// It has nothing to offer before the server has answered. Where it cannot be loaded, all categories still can be searched.
const loadSelect = async () => (await import("../book/category-select.tsx")).CategorySelect;
const CategorySelect = lazyPart(loadSelect, () => null);

// Nobody is far from the search at the beginning.
const BackToSearch = lazyPart(
  async () => (await import("./back-to-search.tsx")).BackToSearch,
  () => null,
);

const load = () => import("./found-books.tsx");
const FoundBooks = lazy(async () => ({ default: (await load()).FoundBooks }));
// It comes while the first books do. Where it cannot be loaded, that is seen once they are there.
const preload = () => void load().catch(() => {});

/** The catalogue: books to browse by category, search as one types, rate and order. */
export function Catalogue({ location }: { readonly location: BooksLocation }) {
  const { query, category, change } = location;
  const { books, total, error, isPlaceholderData, reach, retry } = useCatalogue(query, category);
  useEffect(preload, []);
  const section = useRef<HTMLElement>(null);
  const filters = useRef<HTMLElement>(null);
  const goToFirst = () => section.current?.querySelector<HTMLElement>('[aria-posinset="1"]')?.focus();
  return (
    <section ref={section} aria-label="Catalogue">
      <search ref={filters} className={classes.filters}>
        <SearchField query={query} onChange={(next) => change({ query: next })} onLeave={goToFirst} />
        <Suspense fallback={<Skeleton className={classes.select ?? ""} />}>
          <CategorySelect label="Category" value={category} onChange={(next) => change({ category: next })} />
        </Suspense>
      </search>
      <Suspense fallback={null}>
        <BackToSearch filters={filters} />
      </Suspense>
      <p role="status" aria-label="Books found" className={classes.count}>
        {books !== undefined && !isPlaceholderData && countText(total, query)}
      </p>
      {error !== null && (
        <div className={classes.failure}>
          <ErrorNotice error={error} onRetry={retry} />
        </div>
      )}
      {books === undefined ? (
        error === null && <BookGridSkeleton />
      ) : (
        <Suspense fallback={<BookGridSkeleton />}>
          <FoundBooks
            books={books}
            total={total}
            query={query}
            category={category}
            stale={isPlaceholderData}
            onReach={reach}
            onReset={() => change({ query: "", category: "" })}
          />
        </Suspense>
      )}
    </section>
  );
}

function countText(total: number, query: string): string {
  if (total === 0) return "No books found";
  const books = total === 1 ? "1 book" : `${total.toLocaleString("en")} books`;
  return query === "" ? books : `${books} found`;
}
