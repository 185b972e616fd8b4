import type { RowLists } from "./row-lists.ts";

/** Who likes what, in both directions, and what each reader counts for; books by their rank. */
export interface CountedLikes {
  /** The ranks that each reader likes, ascending. */
  readonly ranksOf: RowLists;
  /** The readers who like each rank, ascending. */
  readonly readersOf: RowLists;
  readonly weights: Float64Array;
}

/**
 * Counts one book, by rank, with all of lower rank than `end`, and hands over those that enough readers like with it, in no order and each with its place
 * among them. Returns how many they are.
 */
export type RowCounter = (
  rank: number,
  end: number,
  minReaders: number,
  add: (place: number, rank: number, sum: number) => void,
) => number;

/** Makes a counter of the books of so many ranks. The likes may be others at each call. */
export function createRowCounter(likes: CountedLikes, size: number): RowCounter {
  const row = { sums: new Float64Array(size), seen: new Uint8Array(size), touched: new Uint32Array(size) };
  return (rank, end, minReaders, add) => {
    const length = addReaders(row, likes, rank, end);
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

/** The count of a book by itself: the weights of all who like it, added up in their order. */
export function countTotal({ readersOf, weights }: CountedLikes, rank: number): number {
  const { starts, ends, values } = readersOf;
  let sum = 0;
  for (let at = starts[rank] ?? 0; at < (ends[rank] ?? 0); at++) sum += weights[values[at] ?? 0] ?? 0;
  return sum;
}

interface RowSums {
  readonly sums: Float64Array;
  /** Whether a book has been seen with this one by one reader, or by more. */
  readonly seen: Uint8Array;
  readonly touched: Uint32Array;
}

/** This is most of the counting. The indices are inside by construction: cast, not checked. */
function addReaders({ sums, seen, touched }: RowSums, likes: CountedLikes, rank: number, end: number): number {
  const { starts, ends, values: ranks } = likes.ranksOf;
  const { starts: readerStarts, ends: readerEnds, values: readers } = likes.readersOf;
  const { weights } = likes;
  let length = 0;
  const last = readerEnds[rank] as number;
  for (let at = readerStarts[rank] as number; at < last; at++) {
    const reader = readers[at] as number;
    const weight = weights[reader] as number;
    const stop = ends[reader] as number;
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
