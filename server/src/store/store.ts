import type { EventFeed } from "../domain/feed.ts";
import type { GreetingMade } from "../greeter/domain/greeting-made.ts";
import { type FeedOptions, openEventFeed } from "../live/event-feed.ts";
import type { Topic } from "../live/event-log.ts";
import { createHub } from "../live/hub.ts";
import type { OrderStore } from "../order/domain/order-store.ts";
import type { RatingStore } from "../recommendation/domain/rating-store.ts";
import { openDatabase } from "./database.ts";
import { openOrderStore } from "./order-store.ts";
import { type CurrentLibrary, openRatingStore } from "./rating-store.ts";

/** Everything the server keeps. One on another database has the same shape. */
export interface Store {
  readonly greetings: EventFeed<GreetingMade>;
  readonly orders: OrderStore;
  readonly ratings: RatingStore;
  /** What is held for whoever follows something, by what it is. */
  held(): StoreHolds;
  /** Waits for the writes under way, then closes. */
  close(): Promise<void>;
}

/** How much a store holds for its followers. */
export interface StoreHolds {
  /** Followers of greetings, orders, ratings and single readers. */
  readonly followers: number;
  /** Readers whose changes somebody follows. */
  readonly followedReaders: number;
}

/** What a store is opened with. */
export interface StoreOptions {
  /** The folder of the database; made when missing. */
  readonly directory: string;
  /** Whose ratings stand where readers said nothing in the app. */
  readonly library: CurrentLibrary;
  readonly heartbeatMs: number;
  readonly now: () => Date;
}

/** Greetings are a feed and nothing else, and anyone can make them: the oldest go, so that the disk does not fill. */
const GREETINGS_KEPT = 100_000;

const greetingsTopic: Topic<GreetingMade> = {
  name: "greetings",
  encode: (greeting) => JSON.stringify(greeting),
  // Written by encode, so it has the shape of a greeting.
  decode: (payload) => JSON.parse(payload) as GreetingMade,
  keep: GREETINGS_KEPT,
};

/** Opens the store in a folder, on SQLite. */
export async function openStore({ directory, library, heartbeatMs, now }: StoreOptions): Promise<Store> {
  const database = await openDatabase(directory);
  const hub = createHub();
  const options: FeedOptions = { database, hub, heartbeatMs, now };
  const ratings = await openRatingStore(options, library);
  return {
    greetings: await openEventFeed(options, greetingsTopic),
    orders: await openOrderStore(options),
    ratings,
    held: () => ({ followers: hub.waiters, followedReaders: ratings.followedReaders }),
    close: () => database.close(),
  };
}
