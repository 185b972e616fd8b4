import type { RatingChange, RatingStore } from "../../services/recommendation/domain/rating-store.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import { follow } from "../live/follow.ts";
import { createReaderFollowers } from "../live/reader-followers.ts";
import { type CurrentLibrary, mergeRatings, type OwnRating, readableRatings, TAKEN_BACK } from "../rating-rows.ts";
import { isLike, ratingTopic as topic } from "../rating-topic.ts";
import { mergeCounts } from "../star-counts.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";
import { openEventLog } from "./event-log.ts";
import { createRecentlyRead } from "./recently-read.ts";

/** Of how many readers the ratings are kept in memory: those who are looked up again and again while they rate. */
const READERS_KEPT = 500;

/** A store of ratings that knows how many readers are followed. */
export interface OpenRatingStore extends RatingStore {
  readonly followedReaders: number;
}

/** Told of a rating in the transaction that stores it; `givesLike` says whether it is a like and there was none before. */
export type OnRated = (
  context: WriteContext,
  rating: Pick<RatingChange, "userId" | "bookId"> & { readonly givesLike: boolean },
  time: Date,
) => void;

/** Opens the store of ratings: those of the library, and over them what readers said in the app. */
export async function openRatingStore(
  options: FeedOptions,
  library: CurrentLibrary,
  onRated: OnRated = () => {},
): Promise<OpenRatingStore> {
  const { database, hub, heartbeatMs, now } = options;
  const log = await openEventLog(database, hub, topic);
  const followers = createReaderFollowers({ hub, heartbeatMs, log: log.committed });
  const recent = createRecentlyRead(READERS_KEPT, async (userId: number) =>
    mergeRatings(userId, await readOwn(database, userId), library.current),
  );

  return {
    get followedReaders() {
      return followers.readers;
    },
    change: (change) =>
      database.write(async (context) => {
        const time = now();
        const changesLike = (await isLiked(context, change, library)) !== isLike(change.stars);
        await writeRating(context, change, time);
        const event = { ...change, changesLike };
        const { sequence } = await log.append(context, event, time, (logged) => {
          recent.forget(change.userId);
          followers.changed(logged);
        });
        const { userId, bookId, stars } = change;
        if (stars !== undefined) onRated(context, { userId, bookId, givesLike: changesLike && isLike(stars) }, time);
        return { rating: stars === undefined ? undefined : { ...change, stars, time }, sequence };
      }),
    ofReader: (userId) => recent.read(userId, library.current),
    countsOf: (bookId) =>
      mergeCounts(
        bookId,
        { count: () => countOwn(database, bookId), raters: (last) => readRaters(database, bookId, last) },
        library,
      ),
    followReader: (userId, signal) => followers.follow(userId, signal),
    refresh: () => void followers.refresh(),
    changes: {
      follow: (start, signal) => follow({ log: log.committed, hub, key: topic.name, heartbeatMs }, start, signal),
    },
  };
}

async function isLiked(
  { transaction }: WriteContext,
  { userId, bookId }: RatingChange,
  library: CurrentLibrary,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("ratings")
    .where("user_id", "=", userId)
    .where("book_id", "=", bookId)
    .select("stars")
    .executeTakeFirst();
  return row === undefined ? (library.current?.isLiked(userId, bookId) ?? false) : isLike(row.stars);
}

async function writeRating({ transaction }: WriteContext, change: RatingChange, time: Date): Promise<void> {
  const { userId, bookId, stars = TAKEN_BACK } = change;
  await transaction
    .insertInto("ratings")
    .values({ user_id: userId, book_id: bookId, stars, time: time.getTime() })
    .onConflict((conflict) => conflict.columns(["user_id", "book_id"]).doUpdateSet({ stars, time: time.getTime() }))
    .execute();
}

async function readOwn(database: Database, userId: number): Promise<readonly OwnRating[]> {
  const rows = await database.kysely.selectFrom("ratings").where("user_id", "=", userId).selectAll().execute();
  return readableRatings(userId, rows, database.reportUnreadable);
}

function countOwn({ kysely }: Database, bookId: number) {
  return kysely
    .selectFrom("ratings")
    .where("book_id", "=", bookId)
    .groupBy("stars")
    .select(({ fn }) => ["stars", fn.countAll<number>().as("readers")])
    .execute();
}

function readRaters({ kysely }: Database, bookId: number, last: number) {
  return kysely
    .selectFrom("ratings")
    .where("book_id", "=", bookId)
    .where("user_id", "<=", last)
    .select("user_id")
    .execute();
}
