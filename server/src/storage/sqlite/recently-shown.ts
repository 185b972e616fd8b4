import { SHOWN_KEPT } from "../../services/recommendation/domain/ranking-comparison.ts";

/** Of how many readers is kept what was shown to them, beside those who are followed. */
const READERS = 1_000;
/** After how long it is noted again that a book is shown, in milliseconds. */
const AGAIN_MS = 60 * 60 * 1_000;

/** Knows what was noted a short time ago, so that a list that is shown again and again is not stored each time. */
export interface RecentlyShown {
  /** Returns whether any of the books is to be noted. */
  add(userId: number, bookIds: readonly number[], time: Date): boolean;
  /** What was added for this reader is to be noted again. */
  forget(userId: number): void;
}

/**
 * Knows nothing yet. Keeps a thousand readers more than are followed, those who were shown something last, and of each what was shown in an hour: no more
 * books than the store keeps, so that it has all that is known here.
 */
export function createRecentlyShown(followedReaders: () => number): RecentlyShown {
  const readers = new Map<number, Map<number, number>>();
  return {
    add(userId, bookIds, date) {
      const time = date.getTime();
      const known = readers.get(userId) ?? new Map<number, number>();
      for (const [bookId, shownAt] of known) if (Math.abs(time - shownAt) >= AGAIN_MS) known.delete(bookId);
      const others = bookIds.filter((bookId) => !known.has(bookId));
      if (known.size + others.length > SHOWN_KEPT) known.clear();
      for (const bookId of bookIds) if (!known.has(bookId)) known.set(bookId, time);
      // Put last, since a map gives its oldest entry first.
      readers.delete(userId);
      readers.set(userId, known);
      const most = READERS + followedReaders();
      for (const oldest of readers.keys()) {
        if (readers.size <= most) break;
        readers.delete(oldest);
      }
      return others.length > 0;
    },
    forget: (userId) => void readers.delete(userId),
  };
}
