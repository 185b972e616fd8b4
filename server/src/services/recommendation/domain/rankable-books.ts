import type { Book } from "./book.ts";
import { authorKey, findSeries, type Series } from "./series.ts";

/** What ranking takes of books whichever model ranks them; all but ids are meant by their index. */
export interface RankableBooks {
  readonly ids: Int32Array;
  /** The index of each id. */
  readonly indexOf: ReadonlyMap<number, number>;
  /** The books of each category, by its id. */
  readonly categories: ReadonlyMap<string, ReadonlySet<number>>;
  readonly seriesOf: ReadonlyMap<number, Series>;
  /** The main author of a book: see `authorKey`. */
  authorOf(book: number): string | undefined;
  /** The books of each main author. */
  readonly byAuthor: ReadonlyMap<string, readonly number[]>;
}

const known = new WeakMap<readonly Book[], RankableBooks>();

/**
 * What ranking takes of the books of a catalogue, which do not change. It is made once for each catalogue and not for each model: that takes long enough
 * for calls to wait.
 */
export function rankableBooks(books: readonly Book[]): RankableBooks {
  const made = known.get(books) ?? makeRankable(books);
  known.set(books, made);
  return made;
}

function makeRankable(books: readonly Book[]): RankableBooks {
  const authors = books.map(authorKey);
  return {
    ids: Int32Array.from(books, ({ id }) => id),
    indexOf: new Map(books.map(({ id }, index) => [id, index])),
    categories: categoriesOf(books),
    seriesOf: findSeries(books),
    authorOf: (book) => authors[book],
    byAuthor: booksByAuthor(authors),
  };
}

function booksByAuthor(authors: readonly (string | undefined)[]): ReadonlyMap<string, readonly number[]> {
  const lists = new Map<string, number[]>();
  authors.forEach((author, index) => {
    if (author === undefined) return;
    const list = lists.get(author);
    if (list === undefined) lists.set(author, [index]);
    else list.push(index);
  });
  return lists;
}

function categoriesOf(books: readonly Book[]): ReadonlyMap<string, ReadonlySet<number>> {
  const lists = new Map<string, Set<number>>();
  books.forEach(({ categories }, index) => {
    for (const category of categories) {
      const list = lists.get(category);
      if (list === undefined) lists.set(category, new Set([index]));
      else list.add(index);
    }
  });
  return lists;
}
