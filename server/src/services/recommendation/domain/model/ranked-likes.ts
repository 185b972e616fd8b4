import { booksOf, type Interactions } from "./interactions.ts";
import type { CountedLikes } from "./row-counter.ts";
import { adjacentLists } from "./row-lists.ts";

/**
 * Who likes what by the popularity of the books, in both directions: books are meant by their rank, from 0 for the one with the most likes, and of
 * books with as many by index.
 */
export interface RankedLikes {
  /** The rank of each book. */
  readonly rankOf: Uint32Array;
  /** The book of each rank. */
  readonly bookAt: Uint32Array;
  /** The ranks that reader `r` likes, ascending: `ranks[starts[r]] … ranks[starts[r + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly ranks: Uint32Array;
  /** The readers who like rank `b`, ascending: `readers[readerStarts[b]] … readers[readerStarts[b + 1] - 1]`. */
  readonly readerStarts: Uint32Array;
  readonly readers: Uint32Array;
}

/**
 * Sorts likes by popularity. Of a reader with more likes than `most` it takes so many, spread evenly over their popularity, so that counting the pairs
 * of all readers takes time in proportion to the likes.
 */
export function rankLikes(interactions: Interactions, most: number): RankedLikes {
  const { likes, readerIds } = interactions;
  const bookAt = Uint32Array.from(likes.keys()).sort((a, b) => (likes[b] ?? 0) - (likes[a] ?? 0) || a - b);
  const rankOf = new Uint32Array(bookAt.length);
  bookAt.forEach((book, rank) => {
    rankOf[book] = rank;
  });
  const starts = new Uint32Array(readerIds.length + 1);
  for (let reader = 0; reader < readerIds.length; reader++) {
    const count = (interactions.starts[reader + 1] ?? 0) - (interactions.starts[reader] ?? 0);
    starts[reader + 1] = (starts[reader] ?? 0) + Math.min(most, count);
  }
  const ranks = new Uint32Array(starts[readerIds.length] ?? 0);
  for (let reader = 0; reader < readerIds.length; reader++) {
    const own = booksOf(interactions, reader);
    const row = ranks.subarray(starts[reader], starts[reader + 1]);
    row.set(spread(own.map((book) => rankOf[book] ?? 0).sort(), most));
  }
  return { rankOf, bookAt, starts, ranks, ...transpose(starts, ranks, bookAt.length) };
}

/** The likes with what each reader counts for. */
export function countableLikes(
  { starts, ranks, readerStarts, readers }: RankedLikes,
  weights: Float64Array,
): CountedLikes {
  return { ranksOf: adjacentLists(starts, ranks), readersOf: adjacentLists(readerStarts, readers), weights };
}

/** The ranks themselves, or where they are more than so many, that many of them, spread evenly. */
export function spread(ascending: Uint32Array, count: number): Uint32Array {
  if (ascending.length <= count) return ascending;
  return Uint32Array.from(
    { length: count },
    (_, place) => ascending[Math.floor((place * ascending.length) / count)] ?? 0,
  );
}

function transpose(starts: Uint32Array, ranks: Uint32Array, size: number) {
  const readerStarts = new Uint32Array(size + 1);
  for (let row = 0; row < ranks.length; row++) {
    const rank = ranks[row] ?? 0;
    readerStarts[rank + 1] = (readerStarts[rank + 1] ?? 0) + 1;
  }
  for (let rank = 0; rank < size; rank++)
    readerStarts[rank + 1] = (readerStarts[rank + 1] ?? 0) + (readerStarts[rank] ?? 0);
  const next = readerStarts.slice();
  const readers = new Uint32Array(ranks.length);
  for (let reader = 0; reader + 1 < starts.length; reader++) {
    for (let row = starts[reader] ?? 0; row < (starts[reader + 1] ?? 0); row++) {
      const rank = ranks[row] ?? 0;
      const place = next[rank] ?? 0;
      next[rank] = place + 1;
      readers[place] = reader;
    }
  }
  return { readerStarts, readers };
}
