import type { Book } from "../services/recommendation/domain/book.ts";
import { BUILT_IN_IDS_END } from "../services/recommendation/domain/merge-books.ts";
import type { BookToStore } from "../storage/sqlite/library-builder.ts";
import { type BadRow, echo } from "./bad-row.ts";
import { chooseCategories } from "./choose-categories.ts";
import { matchBuiltIn } from "./match-built-in.ts";
import { readBooks, type SourceBook } from "./read-books.ts";
import { readBookTags, readTagNames, type TagReading } from "./read-tags.ts";

/** The books of a folder. */
export interface ImportedBooks {
  readonly books: readonly BookToStore[];
  /** The id in the catalogue of each book that is a built-in one, by its `book_id`. */
  readonly builtIn: ReadonlyMap<number, number>;
  /** Whether the data say how many people rated each book: where they do not, its popularity is 0. */
  readonly hasPopularity: boolean;
}

/**
 * Reads `books.csv`, `tags.csv` and `book_tags.csv` of a folder. A book that is a built-in one gets its id and keeps its categories; any other
 * gets 1,000 and its `book_id`, and the categories that its tags name, if they name any.
 * @throws Error when a file cannot be read or lacks a column, or there are no books.
 */
export async function importBooks(
  folder: string,
  builtInBooks: readonly Book[],
  reading: TagReading,
): Promise<ImportedBooks> {
  const onBadRow = (row: BadRow) => reading.onBadRow(row);
  const source = await readBooks(folder, onBadRow);
  const builtIn = matchBuiltIn(source, builtInBooks);
  if (source.length === 0) throw new Error("books.csv: must have books: got none that can be used");
  const tags = await readBookTags(folder, await readTagNames(folder, reading), reading);
  const known = new Map(builtInBooks.map((book) => [book.id, book]));
  const popularityOf = createPopularity(source);
  const books = source.map((book): BookToStore => {
    const own = tags.get(book.goodreadsId) ?? [];
    const same = known.get(builtIn.get(book.bookId) ?? 0);
    return {
      id: idOf(book.bookId, builtIn),
      title: same?.title ?? book.title,
      authors: same?.authors ?? book.authors,
      year: same?.year ?? book.year,
      categories: same?.categories ?? chooseCategories(own),
      popularity: popularityOf(book),
      tags: own,
    };
  });
  return { books, builtIn, hasPopularity: source.some(({ ratingsCount }) => ratingsCount !== undefined) };
}

/** The id in the catalogue of an imported book. */
export function idOf(bookId: number, builtIn: ReadonlyMap<number, number>): number {
  return builtIn.get(bookId) ?? BUILT_IN_IDS_END + bookId;
}

function createPopularity(source: readonly SourceBook[]): (book: SourceBook) => number {
  const most = source.reduce((largest, { ratingsCount = 0 }) => Math.max(largest, ratingsCount), 0);
  return ({ ratingsCount = 0 }) => popularityOf(ratingsCount, most);
}

/**
 * How popular a book is that so many rated, where the most popular has `most`: from 0 to 100, and by orders of magnitude, so that it can be compared
 * with what the built-in catalogue says of books that are not in the data.
 */
export function popularityOf(count: number, most: number): number {
  return most === 0 ? 0 : (100 * Math.log1p(count)) / Math.log1p(most);
}

/** The reason why a row names a book that is not there. */
export function unknownBook(bookId: number): string {
  return `book_id must be in books.csv: got ${echo(String(bookId))}`;
}
