/** Of how many readers is kept what was shown to them. */
const READERS = 1_000;
/** How many books are kept for one reader. */
const BOOKS = 400;
/** After how long it is noted again that a book is shown, in milliseconds. */
const AGAIN_MS = 60 * 60 * 1_000;

/** Knows what was noted a short time ago, so that a list that is shown again and again is not stored each time. */
export interface RecentlyShown {
  /** Returns whether any of the books is to be noted. */
  add(userId: number, bookIds: readonly number[], time: Date): boolean;
  /** What was added for this reader is to be noted again. */
  forget(userId: number): void;
}

/** Knows nothing yet. Keeps so many readers, those who were shown something last, and of each what was shown in an hour. */
export function createRecentlyShown(): RecentlyShown {
  const readers = new Map<number, Map<number, number>>();
  return {
    add(userId, bookIds, date) {
      const time = date.getTime();
      const known = readers.get(userId) ?? new Map<number, number>();
      for (const [bookId, shownAt] of known) if (Math.abs(time - shownAt) >= AGAIN_MS) known.delete(bookId);
      if (known.size + bookIds.length > BOOKS) known.clear();
      const isNew = bookIds.some((bookId) => !known.has(bookId));
      for (const bookId of bookIds) if (!known.has(bookId)) known.set(bookId, time);
      // Put last, since a map gives its oldest entry first.
      readers.delete(userId);
      readers.set(userId, known);
      for (const oldest of readers.keys()) {
        if (readers.size <= READERS) break;
        readers.delete(oldest);
      }
      return isNew;
    },
    forget: (userId) => void readers.delete(userId),
  };
}
