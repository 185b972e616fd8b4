import type { Book } from "./book.ts";
import { type SearchText, searchTextOf } from "./search-text.ts";

/** Finds books by their words. Books are meant by their place in the order that `byPopularity` gives. */
export interface BookIndex {
  /** What each book can be found by. */
  readonly texts: readonly SearchText[];
  /** The places of the books that have all these words, each at the start of a word of theirs; ascending. There is at least one word. */
  find(words: readonly string[]): ArrayLike<number>;
}

/** The books, the most popular first and those as popular by id. */
export function byPopularity(books: readonly Book[]): readonly Book[] {
  return books.toSorted((a, b) => b.popularity - a.popularity || a.id - b.id);
}

/** An index that looks at every book: for few books, and to compare others to. */
export function createPlainIndex(shelf: readonly Book[]): BookIndex {
  const texts = shelf.map(searchTextOf);
  return {
    texts,
    find: (words) =>
      texts.flatMap(({ text }, place) => (words.every((word) => text.includes(` ${word}`)) ? [place] : [])),
  };
}
