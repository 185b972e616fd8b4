import { booksOf, type Interactions } from "./interactions.ts";
import { type OnTrainingStep, startPhase } from "./training-step.ts";

/**
 * How many readers like both of two books, for all pairs of different books. Disposing of it gives back at once the memory of the counts, the
 * most that a training takes, which the garbage collector may come for late; after that there are none.
 */
export interface CoCounts extends Disposable {
  /** The count of a pair, by index. */
  get(a: number, b: number): number;
  /** Writes the counts of one book with every book into `into`, that of the book with itself as 0. */
  row(book: number, into: Uint32Array): void;
}

/** The most books of a catalogue that a model can be trained for: those whose triangle of counts fits into memory: 60,000 books take 1.8 GB at 8 bits. */
export const MOST_BOOKS_TRAINED = 60_000;
/** How many values the low part of a count has. */
const LOW = 256;

/**
 * Counts the pairs: exact, in a triangle of 8 bits for each pair and, for pairs of books that have enough likes to need more, another of
 * 16 bits that says how often the first one was full.
 */
export function countPairs(interactions: Interactions, onStep: OnTrainingStep = () => {}): CoCounts {
  const size = interactions.bookIds.length;
  if (size > MOST_BOOKS_TRAINED) throw new RangeError(`at most ${MOST_BOOKS_TRAINED} books: got ${size}`);
  const { popular, ranks } = rankPopular(interactions.likes);
  const triangles = {
    low: new Uint8Array((size * (size - 1)) / 2),
    high: new Uint16Array((popular.length * (popular.length - 1)) / 2),
    ranks,
  };
  const finishReader = startPhase("counting", interactions.readerIds.length, onStep);
  for (let reader = 0; reader < interactions.readerIds.length; reader++) {
    countRow(triangles, booksOf(interactions, reader));
    finishReader();
  }
  const get = (a: number, b: number) => (a > b ? countAt(triangles, a, b) : countAt(triangles, b, a));
  return {
    get,
    [Symbol.dispose]: () => {
      triangles.low.buffer.transfer(0);
    },
    row(book, into) {
      const { low } = triangles;
      const start = (book * (book - 1)) / 2;
      for (let other = 0; other < book; other++) into[other] = low[start + other] ?? 0;
      into[book] = 0;
      for (let other = book + 1, at = ((book + 1) * book) / 2 + book; other < size; at += other, other++) {
        into[other] = low[at] ?? 0;
      }
      if ((ranks[book] ?? -1) < 0) return;
      for (const other of popular) if (other !== book) into[other] = get(book, other);
    },
  };
}

interface Triangles {
  readonly low: Uint8Array;
  readonly high: Uint16Array;
  /** The place of each book among the popular ones, or -1. */
  readonly ranks: Int32Array;
}

/** The books with so many likes that a count of theirs may be more than the low part holds, ascending. */
function rankPopular(likes: Uint32Array): { readonly popular: Uint32Array; readonly ranks: Int32Array } {
  const popular = Uint32Array.from(likes.keys()).filter((book) => (likes[book] ?? 0) >= LOW);
  const ranks = new Int32Array(likes.length).fill(-1);
  popular.forEach((book, rank) => {
    ranks[book] = rank;
  });
  return { popular, ranks };
}

/** The count of two books, the first the one with the higher index. Indices are inside the arrays by construction: cast, not checked. */
function countAt({ low, high, ranks }: Triangles, a: number, b: number): number {
  const count = low[(a * (a - 1)) / 2 + b] as number;
  const rank = ranks[a] as number;
  const other = ranks[b] as number;
  if (rank < 0 || other < 0) return count;
  return count + LOW * (high[(rank * (rank - 1)) / 2 + other] as number);
}

function countRow({ low, high, ranks }: Triangles, books: Uint32Array): void {
  // Ascending, so the first of each pair is the smaller one.
  for (let higher = 1; higher < books.length; higher++) {
    const book = books[higher] as number;
    const start = (book * (book - 1)) / 2;
    for (let lower = 0; lower < higher; lower++) {
      const at = start + (books[lower] as number);
      const count = ((low[at] as number) + 1) % LOW;
      low[at] = count;
      if (count > 0) continue;
      const rank = ranks[book] as number;
      const place = (rank * (rank - 1)) / 2 + (ranks[books[lower] as number] as number);
      high[place] = (high[place] as number) + 1;
    }
  }
}
