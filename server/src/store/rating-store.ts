import type { FeedOptions } from "../live/event-feed.ts";
import { openEventLog, type Topic } from "../live/event-log.ts";
import { follow } from "../live/follow.ts";
import type { LoggedRatingChange, Rating, RatingChange, RatingStore } from "../recommendation/domain/rating-store.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";
import { createReaderFollowers } from "./reader-followers.ts";

/** From how many stars on a rating is a like. */
const LIKED_FROM = 4;

const topic: Topic<LoggedRatingChange> = {
  name: "ratings",
  encode: (change) => JSON.stringify(change),
  decode: (payload) => {
    // Written by encode; JSON leaves out the stars of a change that takes a rating back. Logs of earlier versions do not say whether a
    // like changed: then every like, and every rating taken back, counts as if it did.
    const change = JSON.parse(payload) as { userId: number; bookId: number; stars?: number; changesLike?: boolean };
    const { userId, bookId, stars, changesLike = (stars ?? LIKED_FROM) >= LIKED_FROM } = change;
    return { userId, bookId, stars, changesLike };
  },
};

/** How many ratings one read of `all` brings. */
const PAGE = 1_000;

/** Opens the store of ratings. */
export async function openRatingStore(options: FeedOptions): Promise<RatingStore> {
  const { database, hub, heartbeatMs, now } = options;
  const log = await openEventLog(database, hub, topic);
  const followers = createReaderFollowers({ hub, heartbeatMs, log });

  return {
    change: (change) =>
      database.write(async (context) => {
        const time = now();
        const changesLike = (await isLiked(context, change)) !== isLike(change.stars);
        await writeRating(context, change, time);
        const event = { ...change, changesLike };
        const { sequence } = await log.append(context, event, time, (logged) => followers.changed(logged));
        const { stars } = change;
        return { rating: stars === undefined ? undefined : { ...change, stars, time }, sequence };
      }),
    async ofReader(userId) {
      const rows = await database.kysely
        .selectFrom("ratings")
        .where("user_id", "=", userId)
        .orderBy("time", "desc")
        .orderBy("book_id")
        .selectAll()
        .execute();
      return rows.map(ratingOfRow);
    },
    all: () => readAll(database),
    followReader: (userId, signal) => followers.follow(userId, signal),
    refresh: () => void followers.refresh(),
    changes: { follow: (start, signal) => follow({ log, hub, key: topic.name, heartbeatMs }, start, signal) },
  };
}

function isLike(stars: number | undefined): boolean {
  return (stars ?? 0) >= LIKED_FROM;
}

async function isLiked({ transaction }: WriteContext, { userId, bookId }: RatingChange): Promise<boolean> {
  const row = await transaction
    .selectFrom("ratings")
    .where("user_id", "=", userId)
    .where("book_id", "=", bookId)
    .select("stars")
    .executeTakeFirst();
  return isLike(row?.stars);
}

async function writeRating({ transaction }: WriteContext, change: RatingChange, time: Date): Promise<void> {
  const { userId, bookId, stars } = change;
  if (stars === undefined) {
    await transaction.deleteFrom("ratings").where("user_id", "=", userId).where("book_id", "=", bookId).execute();
    return;
  }
  await transaction
    .insertInto("ratings")
    .values({ user_id: userId, book_id: bookId, stars, time: time.getTime() })
    .onConflict((conflict) => conflict.columns(["user_id", "book_id"]).doUpdateSet({ stars, time: time.getTime() }))
    .execute();
}

async function* readAll({ kysely }: Database): AsyncGenerator<Rating> {
  let last = { user_id: 0, book_id: 0 };
  for (;;) {
    const { user_id, book_id } = last;
    const rows = await kysely
      .selectFrom("ratings")
      .where(({ eb, or, and }) =>
        or([eb("user_id", ">", user_id), and([eb("user_id", "=", user_id), eb("book_id", ">", book_id)])]),
      )
      .orderBy("user_id")
      .orderBy("book_id")
      .limit(PAGE)
      .selectAll()
      .execute();
    for (const row of rows) yield ratingOfRow(row);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

function ratingOfRow(row: { user_id: number; book_id: number; stars: number; time: number }): Rating {
  return { userId: row.user_id, bookId: row.book_id, stars: row.stars, time: new Date(row.time) };
}
