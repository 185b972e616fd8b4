import type { KnownBook } from "../rating/lists-before.ts";

/** A book of a list, its place in it from 1, and the place that it had before; undefined for one that was not there. */
export interface MovedBook extends KnownBook {
  readonly rank: number;
  readonly before: number | undefined;
}

/** What became of a list. */
export interface MovedBooks {
  /** The list as it is, best first. */
  readonly now: readonly MovedBook[];
  /** The books that are no longer in it, with the places that they had. */
  readonly gone: readonly (KnownBook & { readonly before: number })[];
  /** How many books came, went, or have another place. */
  readonly count: number;
}

/** Compares a list of books with the one before. */
export function movedBooks(before: readonly KnownBook[], now: readonly KnownBook[]): MovedBooks {
  const rankBefore = new Map(before.map(({ id }, index) => [id, index + 1]));
  const ids = new Set(now.map(({ id }) => id));
  const moved = now.map((book, index) => ({ ...book, rank: index + 1, before: rankBefore.get(book.id) }));
  const gone = before.flatMap((book, index) => (ids.has(book.id) ? [] : [{ ...book, before: index + 1 }]));
  return { now: moved, gone, count: gone.length + moved.filter((book) => book.rank !== book.before).length };
}
