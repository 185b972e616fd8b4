/** What the server says of a stored rating: its number among all changes. */
export interface StoredRating<R> {
  /** The rating as stored; undefined when it was withdrawn. */
  readonly rating: R | undefined;
  readonly sequence: bigint;
}

/** What is on its way, for showing it before the server has it. */
export interface RatingsUnderWay {
  /** The stars wanted of every book whose rating is on its way; undefined stands for withdrawing. */
  readonly wanted: ReadonlyMap<number, number | undefined>;
  /** The sequence numbers of the latest changes made here, at most 50. */
  readonly ownSequences: readonly bigint[];
}

/** Sends one reader's ratings. */
export interface RatingWriter {
  /** Rates a book with 1 to 5 stars; undefined withdraws. Never throws: a failure is told to `onFailed`. */
  rate(bookId: number, stars: number | undefined): void;
  /** What is on its way; the same object until that changes. */
  underWay(): RatingsUnderWay;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

/** How ratings are sent, and who is told what became of them. */
export interface RatingWriterOptions<R> {
  send(bookId: number, stars: number | undefined): Promise<StoredRating<R>>;
  /** Told of a rating that is stored; it stops being under way once this has resolved. Must not reject. */
  onStored(bookId: number, stored: StoredRating<R>): Promise<void>;
  /** Told that the last wish for a book was not fulfilled. What the server has stands. */
  onFailed(bookId: number, error: unknown): void;
}

const sequencesKept = 50;

/**
 * Sends ratings one at a time for each book, so that the last wish is the one that stays. Wishes for a book that come
 * while one is on its way replace each other: only the last is sent.
 */
export function createRatingWriter<R>({ send, onStored, onFailed }: RatingWriterOptions<R>): RatingWriter {
  const listeners = new Set<() => void>();
  let underWay: RatingsUnderWay = { wanted: new Map(), ownSequences: [] };

  const change = (next: Partial<RatingsUnderWay>) => {
    underWay = { ...underWay, ...next };
    for (const listener of listeners) listener();
  };
  const without = (bookId: number) => new Map([...underWay.wanted].filter(([id]) => id !== bookId));

  async function fulfil(bookId: number): Promise<void> {
    for (;;) {
      const stars = underWay.wanted.get(bookId);
      try {
        const stored = await send(bookId, stars);
        await onStored(bookId, stored);
        const ownSequences = [...underWay.ownSequences, stored.sequence].slice(-sequencesKept);
        const fulfilled = underWay.wanted.get(bookId) === stars;
        change(fulfilled ? { ownSequences, wanted: without(bookId) } : { ownSequences });
        if (fulfilled) return;
      } catch (error) {
        if (underWay.wanted.get(bookId) !== stars) continue;
        change({ wanted: without(bookId) });
        return onFailed(bookId, error);
      }
    }
  }

  return {
    rate(bookId, stars) {
      const running = underWay.wanted.has(bookId);
      change({ wanted: new Map(underWay.wanted).set(bookId, stars) });
      if (!running) void fulfil(bookId);
    },
    underWay: () => underWay,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
