/** What the server says of a stored rating: its number among all changes. */
export interface StoredRating<R> {
  /** The rating as stored; undefined when it was withdrawn. */
  readonly rating: R | undefined;
  readonly sequence: bigint;
}

/** A rating as the reader wants it. */
export interface WantedRating<B> {
  readonly book: B;
  /** 1 to 5; undefined withdraws. */
  readonly stars: number | undefined;
}

/** What is on its way, for showing it before the server has it. */
export interface RatingsUnderWay<B> {
  /** Every rating that is on its way, by the id of its book. */
  readonly wanted: ReadonlyMap<number, WantedRating<B>>;
  /** The sequence numbers of the latest changes made here, at most 50. */
  readonly ownSequences: readonly bigint[];
}

/** Sends one reader's ratings. */
export interface RatingWriter<B> {
  /** Rates a book with 1 to 5 stars; undefined withdraws. Never throws: a failure goes to `onFailed`. */
  rate(book: B, stars: number | undefined): void;
  /** What is on its way; the same object until that changes. */
  underWay(): RatingsUnderWay<B>;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

/** How ratings are sent, and who is called with what became of them. */
export interface RatingWriterOptions<R> {
  send(bookId: number, stars: number | undefined): Promise<StoredRating<R>>;
  /** Called with a rating that is stored; it stops being under way once this has resolved. Must not reject. */
  onStored(bookId: number, stored: StoredRating<R>): Promise<void>;
  /** Called when the last wish for a book was not fulfilled. What the server has stands. */
  onFailed(bookId: number, error: unknown): void;
}

const sequencesKept = 50;

/**
 * Sends ratings one at a time for each book, so that the last wish is the one that stays. Wishes for a book that come
 * while one is on its way replace each other: only the last is sent.
 */
export function createRatingWriter<B extends { readonly id: number }, R>({
  send,
  onStored,
  onFailed,
}: RatingWriterOptions<R>): RatingWriter<B> {
  const listeners = new Set<() => void>();
  let underWay: RatingsUnderWay<B> = { wanted: new Map(), ownSequences: [] };

  const change = (next: Partial<RatingsUnderWay<B>>) => {
    underWay = { ...underWay, ...next };
    for (const listener of listeners) listener();
  };
  const starsOf = (bookId: number) => underWay.wanted.get(bookId)?.stars;
  const without = (bookId: number) => new Map([...underWay.wanted].filter(([id]) => id !== bookId));

  async function fulfil(bookId: number): Promise<void> {
    for (;;) {
      const stars = starsOf(bookId);
      try {
        const stored = await send(bookId, stars);
        await onStored(bookId, stored);
        const ownSequences = [...underWay.ownSequences, stored.sequence].slice(-sequencesKept);
        const fulfilled = starsOf(bookId) === stars;
        change(fulfilled ? { ownSequences, wanted: without(bookId) } : { ownSequences });
        if (fulfilled) return;
      } catch (error) {
        if (starsOf(bookId) !== stars) continue;
        change({ wanted: without(bookId) });
        return onFailed(bookId, error);
      }
    }
  }

  return {
    rate(book, stars) {
      const running = underWay.wanted.has(book.id);
      change({ wanted: new Map(underWay.wanted).set(book.id, { book, stars }) });
      if (!running) void fulfil(book.id);
    },
    underWay: () => underWay,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
