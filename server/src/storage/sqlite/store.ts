import type { Logger } from "pino";
import { z } from "zod";
import type { StoreTrouble } from "../../domain/errors.ts";
import type { EventFeed } from "../../domain/feed.ts";
import type { GreetingMade } from "../../services/greeter/domain/greeting-made.ts";
import type { OrderStore } from "../../services/order/domain/order-store.ts";
import type { RankingComparisonStore } from "../../services/recommendation/domain/ranking-comparison.ts";
import type { RatingStore } from "../../services/recommendation/domain/rating-store.ts";
import type { ReaderEventStore } from "../../services/recommendation/domain/reader-events.ts";
import { type FeedOptions, openEventFeed } from "../live/event-feed.ts";
import { createHub } from "../live/hub.ts";
import type { PendingWrites, WriteObserver } from "../write-observer.ts";
import { openComparisonStore } from "./comparison-store.ts";
import { openDatabase } from "./database.ts";
import type { Topic } from "./event-log.ts";
import { openOrderStore } from "./order-store.ts";
import { type CurrentLibrary, openRatingStore } from "./rating-store.ts";
import { openReaderEventStore } from "./reader-event-store.ts";

/** Everything the server keeps. One on another database has the same shape. */
export interface Store {
  /** What the store of a service of its own is opened with: see `server/src/routes/`. */
  readonly feeds: FeedOptions;
  readonly greetings: EventFeed<GreetingMade>;
  readonly orders: OrderStore;
  readonly ratings: RatingStore;
  readonly readerEvents: ReaderEventStore;
  readonly comparison: RankingComparisonStore;
  /** Rejects when the store cannot read, and with StoreTrouble unless a small write can be expected to succeed. */
  check(): Promise<void>;
  /** The writes that are not durable yet. */
  readonly pendingWrites: PendingWrites;
  /** What is held for followers, by what it is. */
  held(): StoreHolds;
  /** Waits for the writes under way, then closes. */
  close(): Promise<void>;
}

/** How much a store holds for its followers. */
export interface StoreHolds {
  /** Followers of greetings, orders, ratings and single readers. */
  readonly followers: number;
  /** Readers whose changes are followed. */
  readonly followedReaders: number;
  /** What they follow: topics, and the ratings of readers. */
  readonly followedKeys: number;
}

/** What a store is opened with. */
export interface StoreOptions {
  /** The folder of the database; made when missing. */
  readonly directory: string;
  /** Whose ratings stand where readers said nothing in the app. */
  readonly library: CurrentLibrary;
  readonly heartbeatMs: number;
  readonly now: () => Date;
  /** Told what was stored and cannot be read. */
  readonly logger: Pick<Logger, "error">;
  /** Told why a write has failed, where the reason is the store's. */
  readonly onTrouble?: (trouble: StoreTrouble) => void;
  /** Notified of writes. */
  readonly writeObserver?: WriteObserver | undefined;
  /** Called when the counts of `comparison` have changed. */
  readonly onCompared?: () => void;
}

/** Greetings are a feed and nothing else, and anyone can make them: the oldest go, so that the disk does not fill. */
const GREETINGS_KEPT = 100_000;

const greetingSchema = z.object({
  name: z.string(),
  language: z.string(),
  message: z.string(),
  protocol: z.enum(["grpc", "grpc-web", "connect", "unknown"]),
  method: z.string(),
});

const greetingsTopic: Topic<GreetingMade> = {
  name: "greetings",
  encode: (greeting) => JSON.stringify(greeting),
  decode: (payload) => greetingSchema.parse(JSON.parse(payload)),
  keep: GREETINGS_KEPT,
};

/** Opens the store in a folder, on SQLite. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { directory, library, heartbeatMs, now, logger, onTrouble, onCompared, writeObserver } = options;
  const database = await openDatabase(directory, {
    onDamage: (what, error) => logger.error({ err: error }, what),
    ...(onTrouble && { onTrouble }),
    writeObserver,
  });
  const hub = createHub();
  const feeds: FeedOptions = { database, hub, heartbeatMs, now };
  const comparison = await openComparisonStore({ database, now, ...(onCompared && { onChange: onCompared }) });
  const readerEvents = await openReaderEventStore({
    database,
    now,
    onEvent(context, { userId, bookId, kind }, time) {
      if (kind === "opened" || kind === "ordered") comparison.countIn(context, { userId, bookId, outcome: kind }, time);
    },
  });
  const ratings = await openRatingStore(feeds, library, (context, { userId, bookId, givesLike }, time) => {
    comparison.countIn(context, { userId, bookId, outcome: "rated" }, time);
    if (givesLike) readerEvents.recordIn(context, { userId, bookId, kind: "liked" }, time);
  });
  const orders = await openOrderStore(feeds, (context, { items, readerId }, time) => {
    for (const { bookId } of items) readerEvents.recordIn(context, { userId: readerId, bookId, kind: "ordered" }, time);
  });
  return {
    feeds,
    greetings: await openEventFeed(feeds, greetingsTopic),
    orders,
    ratings,
    readerEvents,
    get pendingWrites() {
      return database.pendingWrites;
    },
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
