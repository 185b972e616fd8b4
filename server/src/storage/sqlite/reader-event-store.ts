import {
  type BookTrend,
  COUNTS_AGAIN_MS,
  decayed,
  EVENTS_KEPT,
  LEAST_TREND,
  READER_EVENT_WEIGHTS,
  type ReaderEvent,
  type ReaderEventStore,
} from "../../services/recommendation/domain/reader-events.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";

/** A store of what readers do that takes part in the transactions of others. */
export interface OpenReaderEventStore extends ReaderEventStore {
  trending(): readonly BookTrend[];
  /** Stores an event in the transaction of a write job; returns whether it counts. */
  recordIn(context: WriteContext, event: ReaderEvent, time: Date): boolean;
}

/** What it is opened with. */
export interface ReaderEventStoreOptions extends Pick<FeedOptions, "database" | "now"> {
  /** Told of each event of a known reader in the transaction that stores it, also of those that do not count again. */
  readonly onEvent?: (context: WriteContext, event: ReaderEvent & { readonly userId: number }, time: Date) => void;
}

/** What was done with a book, added up as it was worth at a time. */
interface Trend {
  readonly score: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Opens the store of what readers do with books. The trends are in memory too: as many as there are books with which something was done. */
export async function openReaderEventStore({
  database,
  now,
  onEvent = () => {},
}: ReaderEventStoreOptions): Promise<OpenReaderEventStore> {
  const trends = new Map<number, Trend>();
  for (const { book_id, score, time } of await readTrends(database)) trends.set(book_id, { score, time });
  const isCounted = createCount(database);
  const addToTrend = createTrendAddition(database);

  function recordIn(context: WriteContext, event: ReaderEvent, time: Date): boolean {
    const { userId } = event;
    if (userId !== undefined) onEvent(context, { ...event, userId }, time);
    if (userId !== undefined && !isCounted(userId, event, time.getTime())) return false;
    const trend = addToTrend(event.bookId, READER_EVENT_WEIGHTS[event.kind], time.getTime());
    context.afterCommit(() => void trends.set(event.bookId, trend));
    return true;
  }

  return {
    recordIn,
    record: (events) =>
      database.write((context) => {
        const time = now();
        return events.filter((event) => recordIn(context, event, time)).length;
      }),
    trending() {
      const time = now().getTime();
      const current = Array.from(
        trends,
        ([bookId, trend]): BookTrend => ({ bookId, score: decayed(trend.score, time - trend.time) }),
      );
      return current
        .filter(({ score }) => score >= LEAST_TREND)
        .sort((a, b) => b.score - a.score || a.bookId - b.bookId);
    },
  };
}

async function readTrends({ kysely, reportUnreadable }: Database) {
  const rows = await kysely.selectFrom("book_trends").selectAll().execute();
  return rows.filter(({ book_id, score, time }) => {
    // What SQLite finds in a column need not be of its type.
    const isRead = Number.isFinite(score) && Number.isFinite(time);
    if (!isRead) reportUnreadable(`the trend of book ${book_id}`, new Error("a trend has two numbers"));
    return isRead;
  });
}

/** Makes what stores that a reader did something with a book, unless that was a short time ago; returns whether it counts. */
function createCount({ prepare }: Database) {
  const find = prepare("select time from reader_events where user_id = ? and kind = ? and book_id = ?");
  const store = prepare(
    `insert into reader_events (user_id, kind, book_id, time) values (?, ?, ?, ?)
     on conflict do update set time = excluded.time`,
  );
  const forget = prepare(
    `delete from reader_events where rowid in
     (select rowid from reader_events where user_id = ? order by time desc, kind, book_id limit -1 offset ${EVENTS_KEPT})`,
  );
  return (userId: number, { kind, bookId }: ReaderEvent, time: number): boolean => {
    const [last] = find.all([userId, kind, bookId]) as { time: number }[]; // The column that is selected.
    // Where the clock was set back the event before it is not kept from counting for as long as that.
    if (last !== undefined && Math.abs(time - last.time) < COUNTS_AGAIN_MS) return false;
    store.run([userId, kind, bookId, time]);
    if (last === undefined) forget.run([userId]);
    return true;
  };
}

/** Makes what adds to the trend of a book in the table, and returns what it is then. */
function createTrendAddition({ prepare }: Database) {
  const find = prepare("select score, time from book_trends where book_id = ?");
  const store = prepare(
    `insert into book_trends (book_id, score, time) values (?, ?, ?)
     on conflict do update set score = excluded.score, time = excluded.time`,
  );
  return (bookId: number, weight: number, time: number): Trend => {
    const [before = { score: 0, time }] = find.all([bookId]) as unknown as Trend[]; // The columns that are selected.
    const trend = { score: decayed(before.score, time - before.time) + weight, time: Math.max(time, before.time) };
    store.run([bookId, trend.score, trend.time]);
    return trend;
  };
}
