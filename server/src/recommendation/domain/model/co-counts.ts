import { booksOf, type Interactions } from "./interactions.ts";
import { type OnTrainingStep, startPhase } from "./training-step.ts";

/** How many readers like both of two books, for all pairs of different books. */
export interface CoCounts {
  /** The count of a pair, by index. */
  get(a: number, b: number): number;
  /** Writes the counts of one book with every book into `into`, that of the book with itself as 0. */
  row(book: number, into: Uint32Array): void;
}

/** The largest catalogue whose triangle of counts fits into memory: 60,000 books take 3.6 GB at 16 bits. */
const MAX_BOOKS = 60_000;
const MAX_UINT16 = 65_535;

/** Counts the pairs: exact, in a triangle of 16-bit numbers (32-bit where a book has more likes than that holds). */
export function countPairs(interactions: Interactions, onStep: OnTrainingStep = () => {}): CoCounts {
  const size = interactions.bookIds.length;
  if (size > MAX_BOOKS) throw new RangeError(`at most ${MAX_BOOKS} books: got ${size}`);
  const length = (size * (size - 1)) / 2;
  const wide = interactions.likes.some((likes) => likes > MAX_UINT16);
  const triangle = wide ? new Uint32Array(length) : new Uint16Array(length);
  const finishReader = startPhase("counting", interactions.readerIds.length, onStep);
  for (let reader = 0; reader < interactions.readerIds.length; reader++) {
    countRow(triangle, booksOf(interactions, reader));
    finishReader();
  }
  return {
    get: (a, b) => (a > b ? (triangle[(a * (a - 1)) / 2 + b] ?? 0) : (triangle[(b * (b - 1)) / 2 + a] ?? 0)),
    row(book, into) {
      const start = (book * (book - 1)) / 2;
      for (let other = 0; other < book; other++) into[other] = triangle[start + other] ?? 0;
      into[book] = 0;
      for (let other = book + 1, at = ((book + 1) * book) / 2 + book; other < size; at += other, other++) {
        into[other] = triangle[at] ?? 0;
      }
    },
  };
}

function countRow(triangle: Uint16Array | Uint32Array, books: Uint32Array): void {
  // Ascending, so the first of each pair is the smaller one.
  for (let higher = 1; higher < books.length; higher++) {
    const book = books[higher] ?? 0;
    const start = (book * (book - 1)) / 2;
    for (let lower = 0; lower < higher; lower++) {
      const at = start + (books[lower] ?? 0);
      triangle[at] = (triangle[at] ?? 0) + 1;
    }
  }
}
