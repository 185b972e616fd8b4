import type { FeedEvent } from "../../domain/feed.ts";
import type {
  LoggedRatingChange,
  RatingChange,
  RatingStore,
} from "../../services/recommendation/domain/rating-store.ts";
import { READER_EVENT_WEIGHTS } from "../../services/recommendation/domain/reader-events.ts";
import { follow } from "../live/follow.ts";
import { createReaderFollowers } from "../live/reader-followers.ts";
import { type CurrentLibrary, mergeRatings, readableRatings, TAKEN_BACK } from "../rating-rows.ts";
import { ratingTopic as topic } from "../rating-topic.ts";
import { mergeCounts } from "../star-counts.ts";
import { BatchQueue, type Queue } from "./batch-queue.ts";
import type { Connection } from "./connection.ts";
import { openTopicLog, type PostgresFeeds } from "./feeds.ts";
import { queries } from "./queries.ts";
import type { TopicLog } from "./topic-log.ts";

/** A store of ratings that knows how many readers are followed, and can be closed. */
export interface PostgresRatingStore extends RatingStore {
  readonly followedReaders: number;
  /** What writes wait in. */
  readonly queue: Queue;
}

interface Change {
  readonly change: RatingChange;
  readonly time: Date;
  /** Whether the library has it as a like, which holds where the reader has said nothing. */
  readonly importedLike: boolean;
}

interface Changed {
  readonly number: number;
  readonly changes_like: boolean;
}

/** About how many characters the event of a change has. */
const EVENT_SIZE = 70;

/**
 * Opens the store of ratings: those of the library, and over them what readers said in the app; `writer` runs its writes. Nothing that was read is
 * kept, since other servers change it too: looking up a reader takes as long as asking whether it has changed.
 */
export async function openPostgresRatings(
  feeds: PostgresFeeds,
  writer: Connection,
  library: CurrentLibrary,
): Promise<PostgresRatingStore> {
  const { reader, hub, heartbeatMs, now, onTrouble, reportUnreadable, writeObserver } = feeds;
  const log: TopicLog<LoggedRatingChange> = await openTopicLog(feeds, topic, {
    onEvent: (event) => followers.changed(event),
    onReplaced: () => void followers.replaced(),
  });
  const followers = createReaderFollowers({ hub, heartbeatMs, log });

  const queue = new BatchQueue<Change, Changed>({
    sizeOf: () => EVENT_SIZE,
    onTrouble,
    observer: writeObserver,
    commit: (jobs) =>
      log.write(
        () => changeRatings(writer, jobs),
        (changed) => ({
          events: jobs.flatMap((job, index) => {
            const row = changed[index];
            return row ? [eventOf(job, row)] : [];
          }),
          sizes: jobs.map(() => EVENT_SIZE),
        }),
      ),
  });

  return {
    get followedReaders() {
      return followers.readers;
    },
    async change(change) {
      const time = now();
      const { userId, bookId, stars } = change;
      const importedLike = library.current?.isLiked(userId, bookId) ?? false;
      const { number } = await queue.add({ change, time, importedLike });
      return { rating: stars === undefined ? undefined : { userId, bookId, stars, time }, sequence: number };
    },
    async ofReader(userId) {
      const own = queries.selectFrom("ratings").select(["book_id", "stars", "time"]).where("user_id", "=", userId);
      const rows = await reader.select("ratings", own);
      return mergeRatings(userId, readableRatings(userId, rows, reportUnreadable), library.current);
    },
    countsOf: (bookId) =>
      mergeCounts(
        bookId,
        { count: () => countOwn(reader, bookId), raters: (last) => readRaters(reader, bookId, last) },
        library,
      ),
    followReader: (userId, signal) => followers.follow(userId, signal),
    refresh: () => void followers.refresh(),
    changes: {
      follow: (start, signal) => follow({ log, hub, key: topic.name, heartbeatMs }, start, signal),
    },
    queue,
  };
}

function eventOf({ change, time }: Change, { number, changes_like }: Changed): FeedEvent<LoggedRatingChange> {
  return { kind: "event", sequence: number, time, event: { ...change, changesLike: changes_like } };
}

function countOwn(reader: Connection, bookId: number) {
  const own = queries.selectFrom("ratings").where("book_id", "=", bookId).groupBy("stars");
  return reader.select(
    "rating-counts",
    own.select(({ fn }) => ["stars", fn.countAll<number>().as("readers")]),
  );
}

function readRaters(reader: Connection, bookId: number, last: number) {
  const raters = queries.selectFrom("ratings").where("book_id", "=", bookId).where("user_id", "<=", last);
  return reader.select("raters", raters.select("user_id"));
}

function changeRatings(writer: Connection, jobs: readonly Change[]): Promise<readonly Changed[]> {
  return writer.query<Changed>({
    name: "change-ratings",
    text: "select * from triptych_change_ratings($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::boolean[], $6)",
    values: [
      jobs.map(({ change }) => change.userId),
      jobs.map(({ change }) => change.bookId),
      jobs.map(({ change }) => change.stars ?? TAKEN_BACK),
      jobs.map(({ time }) => time.getTime()),
      jobs.map(({ importedLike }) => importedLike),
      READER_EVENT_WEIGHTS.liked,
    ],
  });
}
