import {
  type BookTrend,
  decayed,
  LEAST_TREND,
  READER_EVENT_WEIGHTS,
  type ReaderEvent,
  type ReaderEventStore,
} from "../../services/recommendation/domain/reader-events.ts";
import { BatchQueue, type Queue } from "./batch-queue.ts";
import type { Connection } from "./connection.ts";
import type { PostgresFeeds } from "./feeds.ts";

/** A store of what readers do, and the queue of its writes. */
export interface PostgresReaderEventStore extends ReaderEventStore {
  /** What writes wait in. */
  readonly queue: Queue;
}

/** Events that are stored together, and when. */
interface Recording {
  readonly events: readonly ReaderEvent[];
  readonly time: number;
}

interface TrendRow {
  readonly book_id: number;
  readonly score: number;
  readonly time: number;
}

/** Opens the store of what readers do with books; `writer` runs its writes. */
export function openPostgresReaderEvents(
  { reader, now, onTrouble, writeObserver }: PostgresFeeds,
  writer: Connection,
): PostgresReaderEventStore {
  const queue = new BatchQueue<Recording, number>({
    sizeOf: ({ events }) => events.length,
    onTrouble,
    observer: writeObserver,
    commit: (jobs) => Promise.all(jobs.map((job) => record(writer, job))),
    // Each is a statement of its own, of which one may be stored and another not.
    mostTogether: 1,
  });
  return {
    queue,
    record: (events) => queue.add({ events, time: now().getTime() }),
    async trending() {
      const rows = await reader.read<TrendRow>({
        name: "trends",
        text: "select book_id, score, time from book_trends",
      });
      const time = now().getTime();
      return rows
        .map((row): BookTrend => ({ bookId: row.book_id, score: decayed(row.score, time - row.time) }))
        .filter(({ score }) => score >= LEAST_TREND)
        .sort((a, b) => b.score - a.score || a.bookId - b.bookId);
    },
  };
}

async function record(writer: Connection, { events, time }: Recording): Promise<number> {
  const [row] = await writer.query<{ counted: number }>({
    name: "record",
    text: "select triptych_record_all($1::bigint[], $2::text[], $3::bigint[], $4::double precision[], $5) as counted",
    values: [
      events.map(({ userId }) => userId ?? null),
      events.map(({ kind }) => kind),
      events.map(({ bookId }) => bookId),
      events.map(({ kind }) => READER_EVENT_WEIGHTS[kind]),
      time,
    ],
  });
  return row?.counted ?? 0;
}
