import type { CoCounts } from "./co-counts.ts";

/** How to choose the neighbours of a book. */
export interface NeighbourOptions {
  /** How many at most. */
  readonly count: number;
  /** Added to the denominator of the cosine, so that a few common likes do not make two books twins. */
  readonly shrinkage: number;
  /** How many readers must like both. */
  readonly minCoCount: number;
}

/** The books most liked together with one book, the nearest first, and how near each is. */
export interface Neighbours {
  readonly books: Uint32Array;
  readonly similarities: Float64Array;
}

/**
 * Makes a finder of neighbours by shrunk cosine, `C[i][j] / (√(n[i]·n[j]) + shrinkage)`. Ties go to the lower index. What it returns
 * is overwritten by its next call.
 */
export function createNeighbourFinder(coCounts: CoCounts, likes: Uint32Array, options: NeighbourOptions) {
  const size = likes.length;
  const row = new Uint32Array(size);
  const roots = Float64Array.from(likes, (count) => Math.sqrt(count));
  const books = new Uint32Array(options.count);
  const similarities = new Float64Array(options.count);

  return (book: number): Neighbours => {
    coCounts.row(book, row);
    const root = roots[book] ?? 0;
    let found = 0;
    for (let other = 0; other < size; other++) {
      const count = row[other] ?? 0;
      if (count < options.minCoCount) continue;
      const similarity = count / (root * (roots[other] ?? 0) + options.shrinkage);
      if (found === options.count && similarity <= (similarities[found - 1] ?? 0)) continue;
      let place = found < options.count ? found++ : found - 1;
      for (; place > 0 && (similarities[place - 1] ?? 0) < similarity; place--) {
        similarities[place] = similarities[place - 1] ?? 0;
        books[place] = books[place - 1] ?? 0;
      }
      similarities[place] = similarity;
      books[place] = other;
    }
    return { books: books.subarray(0, found), similarities: similarities.subarray(0, found) };
  };
}
