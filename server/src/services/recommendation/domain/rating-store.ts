import type { FeedPosition, ReadableFeed } from "../../../domain/feed.ts";

/** What a reader thinks of a book. */
export interface Rating {
  readonly userId: number;
  readonly bookId: number;
  /** 1 to 5. */
  readonly stars: number;
  /** When it was given, to the millisecond. */
  readonly time: Date;
}

/** A rating to store or to take back. The latest change of a reader and a book is what holds. */
export interface RatingChange {
  readonly userId: number;
  readonly bookId: number;
  /** 1 to 5; undefined takes the reader's rating of this book back. */
  readonly stars: number | undefined;
}

/** How many readers give a book 1, 2, 3, 4 and 5 stars, in this order. */
export type StarCounts = readonly [number, number, number, number, number];

/** The mean of all stars of a book, 1 to 5; 0 where no reader has rated it. */
export function meanStars(counts: StarCounts): number {
  const readers = counts.reduce((sum, count) => sum + count, 0);
  return readers === 0 ? 0 : counts.reduce((sum, count, index) => sum + count * (index + 1), 0) / readers;
}

/** A change as the log tells it. */
export interface LoggedRatingChange extends RatingChange {
  /** Whether the reader likes the book since then and did not before, or the other way round. */
  readonly changesLike: boolean;
}

/** What became of a change. */
interface StoredChange {
  /** The rating as stored; undefined when it was taken back. */
  readonly rating: Rating | undefined;
  /** The change's number in the log. */
  readonly sequence: number;
}

/** One message of a reader's feed: something the reader rated, or where the log stands (at first, and as heartbeat). */
export type ReaderUpdate =
  | { readonly kind: "changed"; readonly sequence: number; readonly bookId: number }
  | FeedPosition;

/**
 * Keeps ratings and the log of their changes. Where a reader has said nothing of a book, the rating that was imported holds; it is as old as the
 * import.
 */
export interface RatingStore {
  /**
   * Stores or takes back a rating and appends the change to the log, both or neither, then wakes the followers. When it
   * resolves the change survives a crash. Taking back what is not there is no error.
   */
  change(change: RatingChange): Promise<StoredChange>;

  /** All ratings of one reader, the latest first and those of the same moment by book id. Empty for a reader unknown. */
  ofReader(userId: number): Promise<readonly Rating[]>;

  /** How many readers give a book how many stars: what was said in the app over what was imported. All 0 for a book unknown. */
  countsOf(bookId: number): Promise<StarCounts>;

  /**
   * Yields a position at once, then the reader's latest change whenever there has been one since the update before, and a
   * position as heartbeat while nothing happens. It follows a state, not a history: several changes between two updates
   * are one, the last, so a slow follower costs no memory. `ofReader`, called after an update, includes every change up to
   * that update's sequence; every later change of the reader leads to another update. Changes of other readers do not
   * wake it. Never ends by itself; rejects with the signal's reason once that is aborted, and with TooMuchWork where the reader has very many
   * followers already. LogReplaced when another history takes the place of the log.
   */
  followReader(userId: number, signal: AbortSignal): AsyncIterable<ReaderUpdate>;

  /** Every change of every reader, in the order of the log. */
  readonly changes: ReadableFeed<LoggedRatingChange>;

  /** Gives every follower of a reader a position soon, for what they show may have changed by something else than ratings. */
  refresh(): void;
}
