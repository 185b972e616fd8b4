/** What readers do with books, and what each is worth for the trend of a book. */
export const READER_EVENT_WEIGHTS = { opened: 1, "put-into-basket": 3, liked: 4, ordered: 5 } as const;

/** What a reader does with a book. */
export type ReaderEventKind = keyof typeof READER_EVENT_WEIGHTS;

/** What a reader has done with a book. */
export interface ReaderEvent {
  /** The reader; undefined where it is not known. */
  readonly userId: number | undefined;
  readonly bookId: number;
  readonly kind: ReaderEventKind;
}

/** How much readers did with a book lately. */
export interface BookTrend {
  readonly bookId: number;
  /** What everything that counts is worth now: see `decayed`. */
  readonly score: number;
}

/** Keeps what readers do with books. */
export interface ReaderEventStore {
  /**
   * Stores events, all or none, and resolves with how many of them count once these survive a crash. The same by the same reader with the same
   * book counts once in `COUNTS_AGAIN_MS`, as far as it is one of the reader's latest `EVENTS_KEPT`; by an unknown reader it always counts.
   */
  record(events: readonly ReaderEvent[]): Promise<number>;
  /** The books with a score of at least `LEAST_TREND`, the highest first and those with the same by id. */
  trending(): Promise<Iterable<BookTrend>> | Iterable<BookTrend>;
}

/** After how long the same by the same reader with the same book counts again, in milliseconds. */
export const COUNTS_AGAIN_MS = 24 * 60 * 60 * 1_000;
/** How many events of a reader are kept at least, as long as they keep others from counting. */
export const EVENTS_KEPT = 300;
/** A book with which less was done lately is not listed. */
export const LEAST_TREND = 0.1;

/** After how long what was done is worth half as much, in milliseconds. */
export const HALF_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** What a score is worth so many milliseconds later: half as much after seven days. Where the clock was set back, what it is worth now. */
export function decayed(score: number, milliseconds: number): number {
  return score * 2 ** (-Math.max(0, milliseconds) / HALF_LIFE_MS);
}
