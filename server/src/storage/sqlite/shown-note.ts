import {
  COUNTS_FOR_MS,
  READER_COUNTS_FOR_MS,
  SHOWN_KEPT,
} from "../../services/recommendation/domain/ranking-comparison.ts";
import type { ComparedReader } from "./comparison-totals.ts";
import type { Database } from "./database.ts";

/** A list that a reader is shown. */
export interface ShownList {
  readonly userId: number;
  /** The id of the ranking that made it. */
  readonly ranking: string;
  readonly bookIds: readonly number[];
  /** In milliseconds since 1970. */
  readonly time: number;
}

/** What noting a list has changed. */
export interface NotedList {
  /** How many readers (0 or 1) and how many books count from now on that did not. */
  readonly added: { readonly readers: number; readonly books: number };
  /** Readers who count no more with what they were shown; the one of the list among them where that begins again. */
  readonly gone: readonly ComparedReader[];
}

/** How many readers a note forgets at most, and how many old books: more than it adds, so that these do not pile up. */
const READERS_FORGOTTEN = 8;
const BOOKS_FORGOTTEN = 256;

type StoredReader = ComparedReader & { readonly time: number };

/**
 * Makes what stores, in the transaction of a write job, that a reader is shown a list. `room` is for how many more readers there is room: where
 * there is none for a new one, the one goes who was shown a list the longest ago.
 */
export function createShownNote(database: Database): (list: ShownList, room: number) => NotedList {
  const readers = createReaders(database);
  const books = createShownBooks(database);

  return ({ userId, ranking, bookIds, time }, room) => {
    const known = readers.find(userId);
    const tooMany = (known === undefined ? 1 : 0) - room;
    const isOver = (reader: StoredReader) => reader.time < time - READER_COUNTS_FOR_MS;
    const gone = readers.oldest().filter((row, place) => row.user_id !== userId && (isOver(row) || place < tooMany));
    // What another ranking showed once is not this one's doing.
    const begins = known === undefined || known.ranking !== ranking || isOver(known);
    if (known !== undefined && begins) gone.push(known);
    for (const { user_id } of gone) {
      readers.forget(user_id);
      books.forget(user_id);
    }
    if (begins) readers.add(userId, ranking);
    const added = books.show(userId, bookIds, time);
    readers.show(userId, added, time);
    books.forgetOld(time);
    return { added: { readers: begins ? 1 : 0, books: added }, gone };
  };
}

/** Those who are compared. The rows are of the columns that are selected. */
function createReaders({ prepare }: Database) {
  const columns = "user_id, ranking, shown, opened, rated, ordered, time";
  const find = prepare(`select ${columns} from compared_readers where user_id = ?`);
  const findOldest = prepare(`select ${columns} from compared_readers order by time limit ${READERS_FORGOTTEN}`);
  const add = prepare("insert into compared_readers (user_id, ranking) values (?, ?)");
  const show = prepare("update compared_readers set shown = shown + ?, time = ? where user_id = ?");
  const forget = prepare("delete from compared_readers where user_id = ?");
  return {
    find: (userId: number) => (find.all([userId]) as unknown as StoredReader[])[0],
    oldest: () => findOldest.all([]) as unknown as StoredReader[],
    add: (userId: number, ranking: string) => void add.run([userId, ranking]),
    show: (userId: number, books: number, time: number) => void show.run([books, time, userId]),
    forget: (userId: number) => void forget.run([userId]),
  };
}

/** What they were shown. */
function createShownBooks({ prepare }: Database) {
  const find = prepare("select 1 from shown_books where user_id = ? and book_id = ? and time >= ?");
  const add = prepare("insert or replace into shown_books (user_id, book_id, time) values (?, ?, ?)");
  const renew = prepare("update shown_books set time = ? where user_id = ? and book_id = ?");
  const forgetOldest = prepare(
    `delete from shown_books where rowid in
     (select rowid from shown_books where user_id = ? order by time desc, rowid desc limit -1 offset ${SHOWN_KEPT})`,
  );
  const forget = prepare("delete from shown_books where user_id = ?");
  const forgetOld = prepare(
    `delete from shown_books where rowid in
     (select rowid from shown_books where time < ? order by time limit ${BOOKS_FORGOTTEN})`,
  );
  return {
    /** Returns how many of the books count from now on that did not. */
    show(userId: number, bookIds: readonly number[], time: number): number {
      const isKnown = (bookId: number) => find.all([userId, bookId, time - COUNTS_FOR_MS]).length > 0;
      const known = new Set(bookIds.filter(isKnown));
      for (const bookId of bookIds) {
        if (known.has(bookId)) renew.run([time, userId, bookId]);
        else add.run([userId, bookId, time]);
      }
      forgetOldest.run([userId]);
      return bookIds.length - known.size;
    },
    forget: (userId: number) => void forget.run([userId]),
    forgetOld: (time: number) => void forgetOld.run([time - COUNTS_FOR_MS]),
  };
}
