import {
  type BookTrend,
  decayed,
  HALF_LIFE_MS,
  LEAST_TREND,
  READER_EVENT_WEIGHTS,
  type ReaderEvent,
  type ReaderEventStore,
} from "../../services/recommendation/domain/reader-events.ts";
import { BatchQueue, type Queue } from "./batch-queue.ts";
import type { Connection } from "./connection.ts";
import type { PostgresFeeds } from "./feeds.ts";
import { queries } from "./queries.ts";
import type { Tables } from "./tables.ts";

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

/** What the ranks of the database and ours may differ by. */
const RANK_ERROR = 1e-6;

/** Opens the store of what readers do with books; `writer` runs its writes. */
export function openPostgresReaderEvents(
  { reader, now, onTrouble, writeObserver }: PostgresFeeds,
  writer: Connection,
): PostgresReaderEventStore {
  const queue = new BatchQueue<Recording, number>({
    sizeOf: ({ events }) => events.length,
    onTrouble,
    observer: writeObserver,
    commit: async ([job]) => (job === undefined ? [] : [await record(writer, job)]),
    // Each is a statement of its own, of which one may be stored and another not.
    mostTogether: 1,
  });
  return {
    queue,
    record: (events) => queue.add({ events, time: now().getTime() }),
    async trending() {
      const time = now().getTime();
      const least = Math.log2(LEAST_TREND) + time / HALF_LIFE_MS - RANK_ERROR;
      const ranked = queries
        .selectFrom("book_trends")
        .select(["book_id", "score", "time"])
        .where("rank", ">=", least)
        .orderBy("rank", "desc")
        .orderBy("book_id");
      return trendsAt(time, await reader.select("trends", ranked));
    },
  };
}

function* trendsAt(now: number, rows: readonly Pick<Tables["book_trends"], "book_id" | "score" | "time">[]) {
  for (const { book_id: bookId, score, time } of rows) {
    const trend: BookTrend = { bookId, score: decayed(score, now - time) };
    if (trend.score >= LEAST_TREND) yield trend;
  }
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
