import type { SpanContext } from "./span.ts";

/** An event as its log holds it. */
export interface LoggedEvent<T> {
  /** Its number in the log, from 1, without gaps. */
  readonly sequence: number;
  /** When it was stored. */
  readonly time: Date;
  readonly event: T;
  /** The span that made it, where that was traced and is not long ago. */
  readonly origin?: SpanContext;
}

/** An event as its followers get it: one object for all of them. */
export type FeedEvent<T> = { readonly kind: "event" } & LoggedEvent<T>;

/** One message of a feed: an event, or where the feed stands (the opening message, and the heartbeat of a quiet feed). */
export type FeedUpdate<T> = FeedEvent<T> | FeedPosition;

/** Where a feed stands. */
export interface FeedPosition {
  readonly kind: "position";
  /** In which history its numbers count: where it is another, the same number is that of another event. */
  readonly logId: string;
  readonly sequence: number;
  readonly oldestSequence: number;
}

/** The most events from before its start that a follower may ask for. */
export const MAX_RECENT = 1_000;

/** Where a follower starts: after a sequence number it has seen, or else with the `recent` (default 0) latest events. */
export interface FeedStart {
  readonly afterSequence?: number | undefined;
  /** The id of the log in which it has seen that number; of no concern without one. */
  readonly logId?: string | undefined;
  readonly recent?: number | undefined;
}

/** A feed that can be followed. */
export interface ReadableFeed<T> {
  /**
   * Yields a position first, then every event in order, none lost and none twice, and a position as heartbeat while
   * nothing happens. Never ends by itself; rejects with the signal's reason once that is aborted. A follower that does
   * not ask for the next update holds no events in memory. InvalidInput when `afterSequence` is negative or ahead of
   * the log, `logId` is that of another log, or `recent` is outside 0 to 1,000, from the call or from the first update. LogReplaced
   * when another history takes the place of the one that it follows.
   */
  follow(start: FeedStart, signal: AbortSignal): AsyncIterable<FeedUpdate<T>>;
}

/** A feed that can be followed and written. */
export interface EventFeed<T> extends ReadableFeed<T> {
  /** Stores the event durably, then wakes every follower. When it resolves the event survives a crash. */
  append(event: T): Promise<LoggedEvent<T>>;
}
