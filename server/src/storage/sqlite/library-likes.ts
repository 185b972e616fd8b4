import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { LikedPairs } from "../../services/recommendation/domain/model/interactions.ts";
import { isLike, LIKED_FROM, ratingTopic } from "../rating-topic.ts";
import { openLibraryDatabase } from "./library.ts";
import { libraryFile } from "./library-file.ts";

/** Who likes what, as of one change of a rating. */
export interface LikesAt extends LikedPairs {
  /** The last change that the likes include, by its number in the log, and they include no later one; 0 where there has been none. */
  readonly sequence: number;
}

/**
 * Reads from a data folder who likes what: ratings from 4 stars and wishes of the library, if there is one, and over them what readers
 * said in the app, where a lower rating or one that was taken back takes the like away. A pair may come twice. It
 * has connections of its own, for reading only, so it can run in any thread while a server uses the folder.
 * @throws Error when a file is there that cannot be read.
 */
export function readLikes(dataDir: string): LikesAt {
  const { own, sequence } = readOwn(dataDir);
  const library = libraryFile(dataDir);
  const likes = createPairs(existsSync(library) ? countRows(library) : 0);
  if (existsSync(library))
    readLibraryLikes(library, (reader, book) => own.get(reader)?.has(book) || likes.add(reader, book));
  for (const [reader, ratings] of own) {
    for (const [book, stars] of ratings) if (isLike(stars)) likes.add(reader, book);
  }
  return { ...likes.columns(), sequence };
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

type OwnRatings = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Reads the stars that readers gave in the app, by reader and book; below 1 where an imported rating was taken back. */
export function readOwnRatings(dataDir: string): OwnRatings {
  return readOwn(dataDir).own;
}

function readOwn(dataDir: string): { own: OwnRatings; sequence: number } {
  const own = new Map<number, Map<number, number>>();
  return readStore(dataDir, { own, sequence: 0 }, (database) => {
    // One transaction, so that the ratings are those of the number.
    database.exec("begin");
    const last = database.prepare("select max(sequence) last from events where topic = ?").get(ratingTopic.name);
    for (const row of database.prepare("select user_id, book_id, stars from ratings").iterate()) {
      const reader = Number(row.user_id);
      const books = own.get(reader) ?? new Map<number, number>();
      if (books.size === 0) own.set(reader, books);
      books.set(Number(row.book_id), Number(row.stars));
    }
    database.exec("commit");
    return { own, sequence: Number(last?.last ?? 0) };
  });
}

/** A like that was given or taken back. */
export interface LoggedLikeChange {
  /** Its number in the log. */
  readonly sequence: number;
  readonly reader: number;
  readonly book: number;
  readonly liked: boolean;
}

/**
 * Reads from a data folder which likes were given and taken back after a change of a rating, by its number in the log, in their order. It can run in
 * any thread.
 * @throws Error when the file is there and cannot be read.
 */
export function readLikeChanges(dataDir: string, after: number): readonly LoggedLikeChange[] {
  return readStore(dataDir, [], (database) => {
    const rows = database.prepare(
      "select sequence, payload from events where topic = ? and sequence > ? order by sequence",
    );
    return rows.all(ratingTopic.name, after).flatMap(({ sequence, payload }) => {
      const { userId, bookId, stars, changesLike } = ratingTopic.decode(String(payload), new Date(0));
      const change = { sequence: Number(sequence), reader: userId, book: bookId, liked: isLike(stars) };
      return changesLike ? [change] : [];
    });
  });
}

/** Reads from the store of a data folder, or returns what holds while there is none. */
function readStore<T>(dataDir: string, none: T, read: (database: DatabaseSync) => T): T {
  const path = join(dataDir, "triptych.sqlite");
  if (!existsSync(path)) return none;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return read(database);
  } finally {
    database.close();
  }
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
