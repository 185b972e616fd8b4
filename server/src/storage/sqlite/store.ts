import { greetingsTopic } from "../greetings-topic.ts";
import { type FeedOptions, openEventFeed } from "../live/event-feed.ts";
import { createHub } from "../live/hub.ts";
import type { Store, StoreOptions } from "../store.ts";
import { NOTHING_UNREAD } from "../unread-events.ts";
import { openComparisonStore } from "./comparison-store.ts";
import { openDatabase } from "./database.ts";
import { openOrderStore } from "./order-store.ts";
import { openRatingStore } from "./rating-store.ts";
import { openReaderEventStore } from "./reader-event-store.ts";
import { openReaderNumbers } from "./reader-numbers.ts";
import { openSessionStore } from "./session-store.ts";

/** What a store in a folder is opened with. */
export interface SqliteStoreOptions extends StoreOptions {
  /** The folder of the database; made when missing. */
  readonly directory: string;
}

/** Opens the store in a folder, on SQLite. */
export async function openStore(options: SqliteStoreOptions): Promise<Store> {
  const { directory, library, heartbeatMs, now, logger, onTrouble, onCompared, writeObserver, maxOrdersPerOwner } =
    options;
  const database = await openDatabase(directory, {
    onDamage: (what, error) => logger.error({ err: error }, what),
    ...(onTrouble && { onTrouble }),
    writeObserver,
  });
  const hub = createHub();
  const feeds: FeedOptions = { database, hub, heartbeatMs, now };
  const comparison = await openComparisonStore({
    database,
    now,
    followedReaders: () => ratings.followedReaders,
    ...(onCompared && { onChange: onCompared }),
  });
  const readerEvents = await openReaderEventStore({
    database,
    now,
    onEvent(context, { userId, bookId, kind }, time) {
      if (kind === "opened" || kind === "ordered") comparison.countIn(context, { userId, bookId, outcome: kind }, time);
    },
  });
  const ratings = await openRatingStore(feeds, library, (context, { userId, bookId, givesLike }, time) => {
    comparison.countIn(context, { userId, bookId, outcome: "rated" }, time);
    if (givesLike) readerEvents.recordIn(context, [{ userId, bookId, kind: "liked" }], time);
  });
  const orders = await openOrderStore(feeds, {
    maxPerOwner: maxOrdersPerOwner,
    onOrdered(context, { items, readerId }, time) {
      const ordered = items.map(({ bookId }) => ({ userId: readerId, bookId, kind: "ordered" as const }));
      readerEvents.recordIn(context, ordered, time);
    },
  });
  return {
    feeds,
    greetings: await openEventFeed(feeds, greetingsTopic),
    orders,
    ratings,
    readerEvents,
    readers: openReaderNumbers(database),
    sessions: openSessionStore(database, () => now().getTime()),
    get pendingWrites() {
      return database.pendingWrites;
    },
    unreadEvents: NOTHING_UNREAD,
    comparison,
    held: () => ({ followers: hub.waiters, followedKeys: hub.keys, followedReaders: ratings.followedReaders }),
    async check() {
      await database.check();
      // One look-up by primary key: it reads from the store and costs next to nothing.
      await orders.get("");
    },
    close: () => database.close(),
  };
}
