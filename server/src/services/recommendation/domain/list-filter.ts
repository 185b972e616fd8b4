import type { Book } from "./book.ts";

/** What the books of a list have to be beside not being rated. Books are meant by id; ids that no book has count for nothing. */
export interface ListFilter {
  /** The ids of categories, of at least one of which a book is; empty means any book. */
  readonly categories: readonly string[];
  /** Books that are never in the list. */
  readonly excluded: ReadonlySet<number>;
  /** Books that come after all others. */
  readonly shown: ReadonlySet<number>;
  /** The year of a book at the earliest, and then it has to be known; undefined for any. */
  readonly minYear: number | undefined;
  /** Whether rated books are left out; those rated with fewer than 3 stars are in any case. */
  readonly excludeRated: boolean;
}

/** Any book that is not rated. */
export const NO_FILTER: ListFilter = {
  categories: [],
  excluded: new Set(),
  shown: new Set(),
  minYear: undefined,
  excludeRated: true,
};

/** Whether a book passes what a filter says of the book itself; its categories are looked at elsewhere. */
export function passesFilter({ id, year }: Pick<Book, "id" | "year">, { excluded, minYear }: ListFilter): boolean {
  return !excluded.has(id) && (minYear === undefined || (year !== 0 && year >= minYear));
}
