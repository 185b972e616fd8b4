import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Book } from "../../services/recommendation/domain/book.ts";
import type { StarCounts } from "../../services/recommendation/domain/rating-store.ts";
import { countRatings, NO_RATINGS } from "./count-ratings.ts";
import { LIBRARY_FORMAT, type LibraryInfo, libraryFile } from "./library-file.ts";

/** A rating that was imported. */
export interface ImportedRating {
  readonly bookId: number;
  /** 1 to 5. */
  readonly stars: number;
}

/** What was imported, open for reading. It never changes: another import is another library. */
export interface Library {
  readonly info: LibraryInfo;
  /** All its books by id. Those with ids below 1,000 are books of the built-in catalogue. */
  books(): IterableIterator<Book>;
  /** What one reader rated, by book id; empty for a reader unknown. */
  ratingsOf(userId: number): readonly ImportedRating[];
  /** The stars that a reader gave a book; undefined where they gave none. */
  starsOf(userId: number, bookId: number): number | undefined;
  /**
   * How many readers gave a book how many stars. The first time that any book is asked for all ratings are counted, which takes seconds where there
   * are millions, and lets other work have its turn. Rejects with an Error where the library is closed meanwhile.
   */
  countsOf(bookId: number): Promise<StarCounts>;
  /** The highest number of a reader who rated something; 0 where nobody did. */
  readonly lastReader: number;
  /** Whether a reader rated a book with 4 stars or more, or wants to read it. */
  isLiked(userId: number, bookId: number): boolean;
  /** Calling it again does nothing. */
  close(): void;
}

/**
 * Opens the library of a data folder; undefined while nothing is imported.
 * @throws Error when there is one that cannot be read.
 */
export function openLibrary(dataDir: string): Library | undefined {
  const path = libraryFile(dataDir);
  if (!existsSync(path)) return undefined;
  const database = openLibraryDatabase(path);
  const ratings = database.prepare("select book_id, stars from ratings where user_id = ? order by book_id");
  const liked = database.prepare(`
    select 1 from ratings where user_id = ? and book_id = ? and stars >= 4
    union all select 1 from wishes where user_id = ? and book_id = ?
  `);
  const starsOf = database.prepare("select stars from ratings where user_id = ? and book_id = ?");
  let counts: Promise<ReadonlyMap<number, StarCounts>> | undefined;
  return {
    info: readInfo(database),
    lastReader: Number(database.prepare("select max(user_id) last from ratings").get()?.last ?? 0),
    books: () => readBooks(database),
    // The rows are of the table that the statement names.
    ratingsOf: (userId) =>
      (ratings.all(userId) as { book_id: number; stars: number }[]).map(({ book_id, stars }) => ({
        bookId: book_id,
        stars,
      })),
    starsOf(userId, bookId) {
      const stars = starsOf.get(userId, bookId)?.stars;
      return stars === undefined ? undefined : Number(stars);
    },
    async countsOf(bookId) {
      counts ??= countRatings(database);
      return (await counts).get(bookId) ?? NO_RATINGS;
    },
    isLiked: (userId, bookId) => liked.get(userId, bookId, userId, bookId) !== undefined,
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/**
 * Opens a library file for reading.
 * @throws Error when it is none, or of another version.
 */
export function openLibraryDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const format = readMeta(database).get("format");
    if (format === LIBRARY_FORMAT) return database;
    throw new Error(`must be a library of format ${LIBRARY_FORMAT}: got ${format}`);
  } catch (error) {
    database.close();
    throw new Error(`${path} cannot be used, import again: ${error instanceof Error ? error.message : error}`);
  }
}

function readInfo(database: DatabaseSync): LibraryInfo {
  const meta = readMeta(database);
  const count = (key: string) => Number(meta.get(key));
  return {
    fingerprint: String(meta.get("fingerprint")),
    importedAt: new Date(count("imported_at")),
    books: count("books"),
    readers: count("readers"),
    ratings: count("ratings"),
    wishes: count("wishes"),
  };
}

function readMeta(database: DatabaseSync): ReadonlyMap<unknown, unknown> {
  return new Map(
    database
      .prepare("select key, value from meta")
      .all()
      .map(({ key, value }) => [key, value]),
  );
}

function* readBooks(database: DatabaseSync): Generator<Book> {
  // Books of the same categories share one list of them: there are thousands of books and a few hundred such lists.
  const lists = new Map<string, readonly string[]>();
  const rows = database
    .prepare("select id, title, authors, year, categories, popularity from books order by id")
    .iterate();
  for (const row of rows) {
    // Written by the import: text, numbers and, in two columns, lists of text as JSON.
    const { authors, categories, ...book } = row as unknown as Book & { authors: string; categories: string };
    const shared = lists.get(categories) ?? (JSON.parse(categories) as string[]);
    lists.set(categories, shared);
    yield { ...book, authors: JSON.parse(authors) as string[], categories: shared };
  }
}
