import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { LikedPairs } from "../../services/recommendation/domain/model/interactions.ts";
import { openLibraryDatabase } from "./library.ts";
import { libraryFile } from "./library-file.ts";

/** From how many stars on a rating is a like. */
const LIKED_FROM = 4;

/**
 * Reads from a data folder who likes what: ratings from 4 stars and wishes of the library, if there is one, and over them what readers
 * said in the app, where a lower rating or one that was taken back takes the like away. A pair may come twice. It
 * has connections of its own, for reading only, so it can run in any thread while a server uses the folder.
 * @throws Error when a file is there that cannot be read.
 */
export function readLikes(dataDir: string): LikedPairs {
  const own = readOwnRatings(dataDir);
  const library = libraryFile(dataDir);
  const likes = createPairs(existsSync(library) ? countRows(library) : 0);
  if (existsSync(library))
    readLibraryLikes(library, (reader, book) => own.get(reader)?.has(book) || likes.add(reader, book));
  for (const [reader, ratings] of own) {
    for (const [book, stars] of ratings) if (stars >= LIKED_FROM) likes.add(reader, book);
  }
  return likes.columns();
}

/** At least as many as there are likes in a library. */
function countRows(path: string): number {
  const database = openLibraryDatabase(path);
  try {
    const row = database.prepare("select (select count(*) from ratings) + (select count(*) from wishes) rows").get();
    return Number(row?.rows);
  } finally {
    database.close();
  }
}

function readLibraryLikes(path: string, add: (reader: number, book: number) => void): void {
  const database = openLibraryDatabase(path);
  try {
    // One row a reader: asking for one row a like would spend most of the time on crossing over from SQLite.
    for (const table of [`ratings where stars >= ${LIKED_FROM}`, "wishes"]) {
      const rows = database.prepare(`select user_id, group_concat(book_id) books from ${table} group by user_id`);
      for (const row of rows.iterate()) {
        const reader = Number(row.user_id);
        for (const book of String(row.books).split(",")) add(reader, Number(book));
      }
    }
  } finally {
    database.close();
  }
}

/** Reads the stars that readers gave in the app, by reader and book; below 1 where an imported rating was taken back. */
export function readOwnRatings(dataDir: string): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const path = join(dataDir, "triptych.sqlite");
  const ratings = new Map<number, Map<number, number>>();
  if (!existsSync(path)) return ratings;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    for (const row of database.prepare("select user_id, book_id, stars from ratings").iterate()) {
      const reader = Number(row.user_id);
      const books = ratings.get(reader) ?? new Map<number, number>();
      if (books.size === 0) ratings.set(reader, books);
      books.set(Number(row.book_id), Number(row.stars));
    }
  } finally {
    database.close();
  }
  return ratings;
}

/** Two columns that grow where they have more rows than expected, which costs the memory of both sizes. */
function createPairs(expected: number) {
  const room = expected + (1 << 12);
  let readers = new Int32Array(room);
  let books = new Int32Array(room);
  let length = 0;
  return {
    add(reader: number, book: number): void {
      if (length === readers.length) {
        readers = grown(readers);
        books = grown(books);
      }
      readers[length] = reader;
      books[length] = book;
      length++;
    },
    columns: () => ({ readers: readers.subarray(0, length), books: books.subarray(0, length) }),
  };
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(2 * column.length);
  next.set(column);
  return next;
}
