import type { Book } from "./book.ts";

const known = new WeakMap<readonly Book[], readonly Book[]>();

/** The books whose year is known, the latest first; those of one year by popularity and then by id. Sorted once for each catalogue. */
export function newestBooks(books: readonly Book[]): readonly Book[] {
  const sorted =
    known.get(books) ??
    books
      .filter(({ year }) => year !== 0)
      .sort((a, b) => b.year - a.year || b.popularity - a.popularity || a.id - b.id);
  known.set(books, sorted);
  return sorted;
}
