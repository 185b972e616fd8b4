// Readers whose likes two books must share before that weighs half as much as it ever can.
const shrinkage = 10;

/** Counts how many readers like both of two books. Books are numbers from 0. */
export interface CoLikes {
  /** Sets whether a reader likes a book; false when that was known already. Takes time in the reader's likes. */
  set(userId: number, book: number, liked: boolean): boolean;
  /** How much the likers of two books are the same people, 0 to 1: their cosine, drawn to 0 while they are few. */
  similarity(a: number, b: number): number;
}

/** Makes the counts for a number of books, with no likes yet. Memory grows with the likes and with the pairs liked. */
export function createCoLikes(bookCount: number): CoLikes {
  const likesOf = new Map<number, number[]>();
  const likers = new Uint32Array(bookCount);
  const together = Array.from({ length: bookCount }, () => new Map<number, number>());

  const count = (book: number, others: readonly number[], step: 1 | -1): void => {
    likers[book] = (likers[book] ?? 0) + step;
    for (const other of others) {
      add(together[book], other, step);
      add(together[other], book, step);
    }
  };
  return {
    set(userId, book, liked) {
      const before = likesOf.get(userId) ?? [];
      if (before.includes(book) === liked) return false;
      const others = before.filter((other) => other !== book);
      count(book, others, liked ? 1 : -1);
      const after = liked ? [...others, book] : others;
      if (after.length > 0) likesOf.set(userId, after);
      else likesOf.delete(userId);
      return true;
    },
    similarity(a, b) {
      const both = together[a]?.get(b);
      if (both === undefined) return 0;
      return both / (Math.sqrt((likers[a] ?? 0) * (likers[b] ?? 0)) + shrinkage);
    },
  };
}

function add(row: Map<number, number> | undefined, book: number, step: 1 | -1): void {
  const sum = (row?.get(book) ?? 0) + step;
  if (sum > 0) row?.set(book, sum);
  else row?.delete(book);
}
