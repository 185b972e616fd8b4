import {
  type BookTrend,
  COUNTS_AGAIN_MS,
  decayed,
  EVENTS_KEPT,
  READER_EVENT_WEIGHTS,
  type ReaderEvent,
  type ReaderEventStore,
} from "../../services/recommendation/domain/reader-events.ts";
import { createTrends, type Trend } from "../../services/recommendation/domain/trends.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";

/** How many more events than are kept a reader has before the oldest are forgotten: that takes sorting all of them. */
const EVENTS_MORE = 50;
/** After how long a trend is forgotten, in milliseconds: after a year nobody sees the difference, also where more is added to it. */
const TREND_KEPT_MS = 52 * 7 * 24 * 60 * 60 * 1_000;
/** How many old events, and how many old trends, a job forgets at most. */
const OLD_FORGOTTEN = 128;

/** A store of what readers do that takes part in the transactions of others. */
export interface OpenReaderEventStore extends ReaderEventStore {
  trending(): Iterable<BookTrend>;
  /** Stores events in the transaction of a write job; returns how many count. */
  recordIn(context: WriteContext, events: readonly ReaderEvent[], time: Date): number;
}

/** What it is opened with. */
export interface ReaderEventStoreOptions extends Pick<FeedOptions, "database" | "now"> {
  /** Told of each event of a known reader in the transaction that stores it, also of those that do not count again. */
  readonly onEvent?: (context: WriteContext, event: ReaderEvent & { readonly userId: number }, time: Date) => void;
}

/** Opens the store of what readers do with books. The trends are in memory too: as many as there are books with which something was done. */
export async function openReaderEventStore({
  database,
  now,
  onEvent = () => {},
}: ReaderEventStoreOptions): Promise<OpenReaderEventStore> {
  const trends = createTrends();
  for (const { book_id, score, time } of await readTrends(database)) trends.set(book_id, { score, time });
  const isCounted = createCount(database);
  const forget = createForget(database);
  const addToTrend = createTrendAddition(database);

  function isStored(context: WriteContext, event: ReaderEvent, time: Date): boolean {
    const { userId } = event;
    if (userId !== undefined) onEvent(context, { ...event, userId }, time);
    if (userId !== undefined && !isCounted(userId, event, time.getTime())) return false;
    const trend = addToTrend(event.bookId, READER_EVENT_WEIGHTS[event.kind], time.getTime());
    context.afterCommit(() => trends.set(event.bookId, trend));
    return true;
  }

  function recordIn(context: WriteContext, events: readonly ReaderEvent[], time: Date): number {
    const counted = events.filter((event) => isStored(context, event, time));
    forget(new Set(counted.flatMap(({ userId }) => userId ?? [])), time.getTime());
    return counted.length;
  }

  return {
    recordIn,
    record: (events) => database.write((context) => recordIn(context, events, now())),
    trending: () => trends.at(now().getTime()),
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
  return (userId: number, { kind, bookId }: ReaderEvent, time: number): boolean => {
    const [last] = find.all([userId, kind, bookId]) as { time: number }[]; // The column that is selected.
    // Where the clock was set back the event before it is not kept from counting for as long as that.
    if (last !== undefined && Math.abs(time - last.time) < COUNTS_AGAIN_MS) return false;
    store.run([userId, kind, bookId, time]);
    return true;
  };
}

/**
 * Makes what forgets the oldest events of some readers where they have many, and of all readers and books some that are so old that they decide nothing: more
 * than a job stores, so that these do not pile up.
 */
function createForget({ prepare }: Database) {
  const countOf = prepare("select count(*) as events from reader_events where user_id = ?");
  const forgetOldest = prepare(
    `delete from reader_events where rowid in
     (select rowid from reader_events where user_id = ? order by time desc, kind, book_id limit -1 offset ${EVENTS_KEPT})`,
  );
  const forgetOld = prepare(
    `delete from reader_events where rowid in
     (select rowid from reader_events where time <= ? order by time limit ${OLD_FORGOTTEN})`,
  );
  const forgetTrends = prepare(
    `delete from book_trends where book_id in
     (select book_id from book_trends where time < ? order by time limit ${OLD_FORGOTTEN})`,
  );
  return (readers: ReadonlySet<number>, time: number): void => {
    for (const userId of readers) {
      const [{ events } = { events: 0 }] = countOf.all([userId]) as { events: number }[]; // The column that is selected.
      if (events > EVENTS_KEPT + EVENTS_MORE) forgetOldest.run([userId]);
    }
    forgetOld.run([time - COUNTS_AGAIN_MS]);
    forgetTrends.run([time - TREND_KEPT_MS]);
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
