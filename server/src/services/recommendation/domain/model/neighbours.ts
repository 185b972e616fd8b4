import type { CoCounts } from "./co-counts.ts";

/** How to choose the neighbours of a book. */
export interface NeighbourOptions {
  /** How many at most. */
  readonly count: number;
  /** Added to the denominator of the cosine, so that a few common likes do not make two books twins. */
  readonly shrinkage: number;
}

/** The books most liked together with one book, the nearest first, and how near each is. */
export interface Neighbours {
  readonly books: Uint32Array;
  readonly similarities: Float64Array;
  /** The count of the pair with each of them. */
  readonly counts: Float64Array;
}

/**
 * Makes a finder of neighbours by shrunk cosine, `C[i][j] / (√(C[i][i]·C[j][j]) + shrinkage)`. Ties go to the lower index. What it returns
 * is overwritten by its next call.
 */
export function createNeighbourFinder({ row, roots }: Pick<CoCounts, "row" | "roots">, options: NeighbourOptions) {
  const nearest = {
    books: new Uint32Array(options.count),
    similarities: new Float64Array(options.count),
    counts: new Float64Array(options.count),
  };

  return (book: number): Neighbours => {
    const { books: others, counts } = row(book);
    const root = roots[book] ?? 0;
    let found = 0;
    for (let place = 0; place < others.length; place++) {
      const other = others[place] ?? 0;
      const count = counts[place] ?? 0;
      const similarity = count / (root * (roots[other] ?? 0) + options.shrinkage);
      if (found === options.count && !comesBefore(nearest, found - 1, similarity, other)) continue;
      if (found < options.count) found++;
      insert(nearest, found - 1, similarity, other, count);
    }
    const { books, similarities, counts: nearCounts } = nearest;
    return {
      books: books.subarray(0, found),
      similarities: similarities.subarray(0, found),
      counts: nearCounts.subarray(0, found),
    };
  };
}

/** Whether a book belongs before the one at a place. */
function comesBefore({ books, similarities }: Neighbours, place: number, similarity: number, book: number): boolean {
  const there = similarities[place] ?? 0;
  return similarity > there || (similarity === there && book < (books[place] ?? 0));
}

/** Puts a book where it belongs among those before a place; the one that is there goes. */
function insert(nearest: Neighbours, end: number, similarity: number, book: number, count: number): void {
  const { books, similarities, counts } = nearest;
  let place = end;
  for (; place > 0 && comesBefore(nearest, place - 1, similarity, book); place--) {
    similarities[place] = similarities[place - 1] ?? 0;
    books[place] = books[place - 1] ?? 0;
    counts[place] = counts[place - 1] ?? 0;
  }
  similarities[place] = similarity;
  books[place] = book;
  counts[place] = count;
}
