import type { Interactions } from "./interactions.ts";
import { createPairRows, type PairRows, type RowWriter } from "./pair-rows.ts";
import { countableLikes, rankLikes } from "./ranked-likes.ts";
import { countTotal, createRowCounter } from "./row-counter.ts";
import { type OnTrainingStep, startPhase } from "./training-step.ts";

/** One book with each of the others that enough readers like with it. What it holds is overwritten by the next one that is asked for. */
export interface CountRow {
  /** The other books, by index, in no order. */
  readonly books: Uint32Array;
  /** The count of the pair with each of them. */
  readonly counts: Float64Array;
}

/** How many readers like both of two books, each weighed. A pair that too few readers like counts nothing. */
export interface CoCounts {
  /** The count of each book by itself: the weights of all who like it. */
  readonly totals: Float64Array;
  /** The root of each total. */
  readonly roots: Float64Array;
  /** The count of a pair of different books, by index: the same both ways, and the same as in a row. */
  get(a: number, b: number): number;
  /** All pairs of a book that count, by index. */
  row(book: number): CountRow;
}

/** Counts, and of how many likes of a reader at most. */
export interface FittedCounts extends CoCounts {
  /** Of readers with more likes the pairs of so many were counted: see `rankLikes`. */
  readonly mostLikes: number;
}

/** How to count. */
export interface CountOptions {
  /** What a reader counts for. */
  readonly weights: Float64Array;
  /** How many readers must like both books of a pair for it to count, 1 or 2. */
  readonly minReaders: number;
  /** The pairs of a reader are counted for so many likes at most: see `rankLikes`. */
  readonly mostLikes?: number;
  /** How many pairs of books that are not among the most popular are kept at most; unless told otherwise `mostPairs` of the likes. */
  readonly most?: number;
}

/** Nobody has read so many books for a reason that each pair of them tells. */
const MOST_LIKES = 2_000;
/** By how much less of each reader is counted where there is no room for all pairs. */
const LESS = 4;
const PAIRS = 1 << 24;
const PAIRS_PER_LIKE = 4;

/** How many pairs are kept at most for this many likes, besides those of the most popular books: they take 8 bytes each. */
export function mostPairs(likes: number): number {
  return PAIRS + PAIRS_PER_LIKE * likes;
}

/**
 * Counts the pairs. It keeps those that count and no others, each once, so that memory grows with what is liked together and not with the square of the
 * number of books. Where that is more than there is room for it counts again with a quarter of the likes of each reader with many, until it fits: so memory
 * grows with the likes at most. The same interactions give the same counts to the last bit.
 */
export function countPairs(
  interactions: Interactions,
  options: CountOptions,
  onStep: OnTrainingStep = () => {},
): FittedCounts {
  const { minReaders } = options;
  const { liked, counted, count, pairs, mostLikes } = countWhatFits(interactions, options, onStep);
  const { rankOf, bookAt } = liked;
  const books = new Uint32Array(bookAt.length);
  const counts = new Float64Array(bookAt.length);
  const totals = Float64Array.from(rankOf, (rank) => countTotal(counted, rank));
  return {
    mostLikes,
    totals,
    roots: totals.map(Math.sqrt),
    get: (a, b) => pairs.get(rankOf[a] ?? 0, rankOf[b] ?? 0),
    row(book) {
      const length = count(rankOf[book] ?? 0, bookAt.length, minReaders, (place, rank, sum) => {
        books[place] = bookAt[rank] ?? 0;
        counts[place] = sum;
      });
      return { books: books.subarray(0, length), counts: counts.subarray(0, length) };
    },
  };
}

function countWhatFits(interactions: Interactions, options: CountOptions, onStep: OnTrainingStep) {
  const { weights, minReaders, most = mostPairs(interactions.books.length) } = options;
  const size = interactions.bookIds.length;
  const finishBook = startPhase("counting", size, onStep);
  let finished = 0;
  /** What is counted again is no progress. */
  const onCounted = (books: number) => {
    for (; finished < books; finished++) finishBook();
  };
  for (let mostLikes = options.mostLikes ?? MOST_LIKES; ; mostLikes = Math.floor(mostLikes / LESS)) {
    const liked = rankLikes(interactions, mostLikes);
    const likes = countableLikes(liked, weights);
    const count = createRowCounter(likes, size);
    const pairs = createPairRows(size, { most });
    if (fillRows(pairs, size, (rank, add) => count(rank, rank, minReaders, add), onCounted))
      return { liked, counted: likes, count, pairs, mostLikes };
  }
}

/** Whether there was room for all. */
function fillRows(
  pairs: PairRows,
  size: number,
  count: (rank: number, add: RowWriter["add"]) => void,
  onCounted: (books: number) => void,
): boolean {
  for (let rank = 0; rank < size; rank++) {
    const row = pairs.start(rank);
    count(rank, row.add);
    if (!row.end()) return false;
    onCounted(rank + 1);
  }
  return true;
}
