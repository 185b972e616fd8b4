import { existsSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Book } from "../../services/recommendation/domain/book.ts";
import type { ImportedRating } from "./library.ts";
import { LIBRARY_FORMAT, LIBRARY_TABLES, type LibraryInfo } from "./library-file.ts";

/** A book as the import writes it. */
export interface BookToStore extends Book {
  /** Its tags and how many readers gave each. */
  readonly tags: readonly (readonly [tag: string, count: number])[];
}

/** A row of a file that could not be used. */
export interface RejectedRow {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** A library being built. What is written stays in its own file until `publish`. */
export interface LibraryBuilder {
  /** What `keep` kept last under a key, also before the process was killed; undefined when nothing was. */
  kept(key: string): unknown;
  /** Runs all writes of a function as one: all of it is kept, or nothing. */
  transaction(write: () => void): void;
  /** Keeps a value that JSON can hold. */
  keep(key: string, value: unknown): void;
  addBook(book: BookToStore): void;
  /** Gives a book that was added other categories and another popularity. */
  changeBook(book: Pick<Book, "id" | "categories" | "popularity">): void;
  /** Of a pair that comes twice the rating with more stars holds. */
  addRating(userId: number, rating: ImportedRating): void;
  addWish(userId: number, bookId: number): void;
  rejectRow(row: RejectedRow): void;
  rejectedRows(): readonly RejectedRow[];
  /** All books by id. */
  books(): IterableIterator<Pick<Book, "id" | "authors" | "categories" | "popularity">>;
  /** The books that each reader rated with at least 4 stars, and then those that each wants to read. */
  likes(): IterableIterator<readonly number[]>;
  counts(): Pick<LibraryInfo, "books" | "readers" | "ratings" | "wishes">;
  /** Makes all of it durable and puts it into place, at once; the builder is closed. */
  publish(info: LibraryInfo, path: string): Promise<void>;
  /** Closes it; what was written stays for the next builder of this data. Calling it again does nothing. */
  close(): void;
}

/**
 * Opens the file in which a library is built, and goes on in it when it holds the beginning of the same data; otherwise it starts from nothing.
 * Nobody else may have it open.
 */
export function openLibraryBuilder(path: string, fingerprint: string): LibraryBuilder {
  const database = openPart(path, fingerprint);
  const kept = database.prepare("select value from meta where key = ?");
  const keep = database.prepare("insert or replace into meta values (?, ?)");
  const addBook = database.prepare("insert into books values (?, ?, ?, ?, ?, ?, ?)");
  const changeBook = database.prepare("update books set categories = ?, popularity = ? where id = ?");
  const addRating = database.prepare(
    "insert into ratings values (?, ?, ?) on conflict do update set stars = max(stars, excluded.stars)",
  );
  const addWish = database.prepare("insert or ignore into wishes values (?, ?)");
  const rejectRow = database.prepare("insert or replace into bad_rows values (?, ?, ?)");
  const count = (of: string) => Number(database.prepare(`select count(*) count from ${of}`).get()?.count);

  const builder: LibraryBuilder = {
    kept(key) {
      const value = kept.get(key)?.value;
      return typeof value === "string" ? JSON.parse(value) : undefined;
    },
    transaction(write) {
      database.exec("begin immediate");
      try {
        write();
        database.exec("commit");
      } catch (error) {
        // A disk that is full has taken the transaction back already.
        if (database.isTransaction) database.exec("rollback");
        throw error;
      }
    },
    keep: (key, value) => void keep.run(key, JSON.stringify(value)),
    addBook: ({ id, title, authors, year, categories, popularity, tags }) =>
      void addBook.run(
        id,
        title,
        JSON.stringify(authors),
        year,
        JSON.stringify(categories),
        popularity,
        JSON.stringify(tags),
      ),
    changeBook: ({ id, categories, popularity }) => void changeBook.run(JSON.stringify(categories), popularity, id),
    addRating: (userId, { bookId, stars }) => void addRating.run(userId, bookId, stars),
    addWish: (userId, bookId) => void addWish.run(userId, bookId),
    rejectRow: ({ file, line, reason }) => void rejectRow.run(file, line, reason),
    // The rows of the tables whose columns are named.
    rejectedRows: () =>
      database
        .prepare("select file, line, reason from bad_rows order by file, line")
        .all() as unknown as readonly RejectedRow[],
    books: () => readBooks(database),
    likes: () => readLikes(database),
    counts: () => ({
      books: count("books"),
      ratings: count("ratings"),
      wishes: count("wishes"),
      readers: count("(select distinct user_id from ratings union select distinct user_id from wishes)"),
    }),
    async publish({ importedAt, ...info }, to) {
      builder.transaction(() => {
        database.exec("delete from meta");
        const values = { format: LIBRARY_FORMAT, imported_at: importedAt.getTime(), ...info };
        for (const [key, value] of Object.entries(values)) keep.run(key, value);
      });
      // From here on all is in the one file, which a rename puts into place.
      database.exec("pragma wal_checkpoint(truncate); pragma journal_mode = delete");
      builder.close();
      await sync(path, "r+");
      renameSync(path, to);
      // Makes the new name durable too. Windows, which cannot open folders, does that by itself.
      if (process.platform !== "win32") await sync(dirname(to), "r");
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
  return builder;
}

function* readBooks(database: DatabaseSync) {
  for (const row of database.prepare("select id, authors, categories, popularity from books order by id").all()) {
    yield {
      id: Number(row.id),
      authors: JSON.parse(String(row.authors)) as string[],
      categories: JSON.parse(String(row.categories)) as string[],
      popularity: Number(row.popularity),
    };
  }
}

function* readLikes(database: DatabaseSync) {
  for (const table of ["ratings where stars >= 4", "wishes"]) {
    const rows = database.prepare(`select group_concat(book_id) books from ${table} group by user_id`);
    for (const { books } of rows.iterate()) yield String(books).split(",").map(Number);
  }
}

function openPart(path: string, fingerprint: string): DatabaseSync {
  const identity = JSON.stringify({ format: LIBRARY_FORMAT, fingerprint });
  const known = existsSync(path) ? reopen(path, identity) : undefined;
  if (known !== undefined) return known;
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(file, { force: true });
  const database = openFast(path);
  database.exec(`begin; ${LIBRARY_TABLES}`);
  database.prepare("insert into meta values ('identity', ?)").run(identity);
  database.exec("commit");
  return database;
}

/** What an earlier builder left, if it is of the same data and whole. */
function reopen(path: string, identity: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = openFast(path);
    const same = database.prepare("select value from meta where key = 'identity'").get()?.value === identity;
    if (same && database.prepare("pragma quick_check(1)").get()?.quick_check === "ok") return database;
  } catch (error) {
    // Not a database, or one without these tables: built again. Where even that is impossible, this says why.
    if (!isDamage(error)) throw error;
  }
  database?.close();
  return undefined;
}

function openFast(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  // With a log a killed process and a loss of power leave what was last committed; 128 MB of pages keep the disk out of most of the work.
  database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -131072");
  return database;
}

function isDamage(error: unknown): boolean {
  const [SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB] = [1, 11, 26];
  const code = (error as { errcode?: number }).errcode;
  return code === SQLITE_ERROR || code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

async function sync(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
