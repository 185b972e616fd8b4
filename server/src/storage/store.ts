import type { Logger } from "pino";
import type { StoreTrouble } from "../domain/errors.ts";
import type { EventFeed } from "../domain/feed.ts";
import type { ReaderNumbers } from "../domain/reader-of-caller.ts";
import type { SessionStore } from "../domain/session-store.ts";
import type { GreetingMade } from "../services/greeter/domain/greeting-made.ts";
import type { OrderStore } from "../services/order/domain/order-store.ts";
import type { RankingComparisonStore } from "../services/recommendation/domain/ranking-comparison.ts";
import type { RatingStore } from "../services/recommendation/domain/rating-store.ts";
import type { ReaderEventStore } from "../services/recommendation/domain/reader-events.ts";
import type { FeedOptions } from "./live/event-feed.ts";
import type { CurrentLibrary } from "./rating-rows.ts";
import type { UnreadEvents } from "./unread-events.ts";
import type { PendingWrites, WriteObserver } from "./write-observer.ts";

/** Everything the server keeps. `sqlite/` and `postgres/` each open one, and one suite of tests runs against both. */
export interface Store {
  /** What the store of a service of its own is opened with: see `server/src/routes/`. Absent on Postgres, where only what is listed here is kept. */
  readonly feeds?: FeedOptions;
  readonly greetings: EventFeed<GreetingMade>;
  readonly orders: OrderStore;
  readonly ratings: RatingStore;
  readonly readerEvents: ReaderEventStore;
  /** Which reader is which principal. */
  readonly readers: ReaderNumbers;
  /** The sessions of browsers. */
  readonly sessions: SessionStore;
  /** What came of two rankings; absent where they are not compared, as on Postgres. */
  readonly comparison?: RankingComparisonStore;
  /** Rejects when the store cannot read, and with StoreTrouble unless a small write can be expected to succeed. */
  check(): Promise<void>;
  /** The writes that are not durable yet. */
  readonly pendingWrites: PendingWrites;
  /** What other processes have stored and this one has not read yet. */
  readonly unreadEvents: UnreadEvents;
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

/** What every store is opened with. */
export interface StoreOptions {
  /** Whose ratings stand where readers said nothing in the app. */
  readonly library: CurrentLibrary;
  readonly heartbeatMs: number;
  /** How many orders of one principal are kept; 0 or undefined means as many as they make. */
  readonly maxOrdersPerOwner?: number;
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
