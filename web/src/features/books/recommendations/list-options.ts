/** What a reader wants of the recommendations. */
export interface ListOptions {
  /** The ids of categories, of at least one of which a book is; empty for all. */
  readonly categories: readonly string[];
  /** The year of a book at the earliest; undefined for any. */
  readonly minYear: number | undefined;
  /** Whether rated books are left out. */
  readonly hideRated: boolean;
  /** The books that were shown and are to make room for others. */
  readonly shown: readonly number[];
}

/** Everything, best first. */
export const allBooks: ListOptions = { categories: [], minYear: undefined, hideRated: true, shown: [] };

/** How many books the server takes to leave out or put behind. */
export const mostBooks = 1_000;
