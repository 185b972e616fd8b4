import type { Interactions } from "./interactions.ts";
import { createPairRows, type PairRows, type RowWriter } from "./pair-rows.ts";
import { type RankedLikes, rankLikes } from "./ranked-likes.ts";
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
  /** The count of a pair of different books, by index: the same both ways, and the same as in a row. */
  get(a: number, b: number): number;
  /** All pairs of a book that count, by index. */
  row(book: number): CountRow;
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
): CoCounts {
  const { weights, minReaders } = options;
  const { liked, count, pairs } = countWhatFits(interactions, options, onStep);
  const { rankOf, bookAt } = liked;
  const books = new Uint32Array(bookAt.length);
  const counts = new Float64Array(bookAt.length);
  return {
    totals: totalsOf(liked, weights),
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
  let counted = 0;
  /** What is counted again is no progress. */
  const onCounted = (books: number) => {
    for (; counted < books; counted++) finishBook();
  };
  for (let mostLikes = options.mostLikes ?? MOST_LIKES; ; mostLikes = Math.floor(mostLikes / LESS)) {
    const liked = rankLikes(interactions, mostLikes);
    const count = createRowCounter(liked, weights);
    const pairs = createPairRows(size, { most });
    if (fillRows(pairs, size, (rank, add) => count(rank, rank, minReaders, add), onCounted))
      return { liked, count, pairs };
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

/**
 * Counts one book, by rank, with all of lower rank than `end`, and hands over those that enough readers like with it, in no order and each with its place
 * among them. Returns how many they are.
 */
type RowCounter = (
  rank: number,
  end: number,
  minReaders: number,
  add: (place: number, rank: number, sum: number) => void,
) => number;

function createRowCounter(liked: RankedLikes, weights: Float64Array): RowCounter {
  const size = liked.bookAt.length;
  const row = { sums: new Float64Array(size), seen: new Uint8Array(size), touched: new Uint32Array(size) };
  return (rank, end, minReaders, add) => {
    const length = addReaders(row, liked, weights, rank, end);
    let found = 0;
    for (let place = 0; place < length; place++) {
      const other = row.touched[place] ?? 0;
      // Rounded as it is kept, so that a row and a pair say the same.
      if ((row.seen[other] ?? 0) >= minReaders && other !== rank)
        add(found++, other, Math.fround(row.sums[other] ?? 0));
      row.seen[other] = 0;
    }
    return found;
  };
}

interface RowSums {
  readonly sums: Float64Array;
  /** Whether a book has been seen with this one by one reader, or by more. */
  readonly seen: Uint8Array;
  readonly touched: Uint32Array;
}

/** This is most of the counting. The indices are inside by construction: cast, not checked. */
function addReaders(
  { sums, seen, touched }: RowSums,
  { starts, ranks, readerStarts, readers }: RankedLikes,
  weights: Float64Array,
  rank: number,
  end: number,
): number {
  let length = 0;
  const last = readerStarts[rank + 1] as number;
  for (let at = readerStarts[rank] as number; at < last; at++) {
    const reader = readers[at] as number;
    const weight = weights[reader] as number;
    const stop = starts[reader + 1] as number;
    for (let place = starts[reader] as number; place < stop; place++) {
      const other = ranks[place] as number;
      if (other >= end) break;
      const times = seen[other] as number;
      if (times === 0) {
        touched[length++] = other;
        seen[other] = 1;
        sums[other] = weight;
      } else {
        seen[other] = 2;
        sums[other] = (sums[other] as number) + weight;
      }
    }
  }
  return length;
}

function totalsOf({ readerStarts, readers, bookAt }: RankedLikes, weights: Float64Array): Float64Array {
  const totals = new Float64Array(bookAt.length);
  bookAt.forEach((book, rank) => {
    let sum = 0;
    for (let at = readerStarts[rank] ?? 0; at < (readerStarts[rank + 1] ?? 0); at++)
      sum += weights[readers[at] ?? 0] ?? 0;
    totals[book] = sum;
  });
  return totals;
}
