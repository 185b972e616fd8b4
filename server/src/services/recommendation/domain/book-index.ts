import type { Book } from "./book.ts";
import { createNearWords, type NearWord } from "./near-words.ts";
import { type SearchText, searchTextOf, wordsOfText } from "./search-text.ts";

/** Finds books by their words. Books are meant by their place in the order that `byPopularity` gives. */
export interface BookIndex {
  /** What each book can be found by. */
  readonly texts: readonly SearchText[];
  /**
   * The places of the books that have, for each of these words, it or one of its alternatives at the start of a word of theirs; ascending. There
   * is at least one word.
   */
  find(words: readonly (readonly string[])[]): ArrayLike<number>;
  /** The words of books that are spelled almost like this one, the nearest first. */
  near(word: string): readonly NearWord[];
}

/** The books, the most popular first and those as popular by id. */
export function byPopularity(books: readonly Book[]): readonly Book[] {
  return books.toSorted((a, b) => b.popularity - a.popularity || a.id - b.id);
}

/** An index that looks at every book: for few books, and to compare others to. */
export function createPlainIndex(shelf: readonly Book[]): BookIndex {
  const texts = shelf.map(searchTextOf);
  const nearWords = createNearWords();
  for (const text of texts) for (const word of wordsOfText(text)) nearWords.add(word);
  return {
    texts,
    find: (words) =>
      texts.flatMap(({ text }, place) =>
        words.every((alternatives) => alternatives.some((word) => text.includes(` ${word}`))) ? [place] : [],
      ),
    near: nearWords.near,
  };
}
