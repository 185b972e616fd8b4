/** How well a list of books meets what a reader likes. */
export interface ListMetrics {
  /** Normalised discounted cumulative gain, 0 to 1. */
  readonly ndcg: number;
  /** The share of what was held out that is in the list. */
  readonly recall: number;
  /** 1 when at least one is, else 0. */
  readonly hit: number;
}

/**
 * Compares a list that may have `length` books, best first, with what was held out, each book once and at least one. The ideal list
 * that NDCG compares with starts with all that was held out, or as much of it as fits.
 */
export function measureList(list: Uint32Array, heldOut: Uint32Array, length: number): ListMetrics {
  const wanted = new Set(heldOut);
  let gain = 0;
  let hits = 0;
  list.forEach((book, rank) => {
    if (!wanted.has(book)) return;
    gain += discount(rank);
    hits++;
  });
  let best = 0;
  for (let rank = 0; rank < Math.min(length, heldOut.length); rank++) best += discount(rank);
  return { ndcg: gain / best, recall: hits / heldOut.length, hit: hits > 0 ? 1 : 0 };
}

function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}

/** A mean and its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** The mean of independent values with its standard error, which is 0 for fewer than two. */
export function estimate(values: Float64Array): Estimate {
  const count = values.length;
  if (count === 0) return { mean: 0, standardError: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, standardError: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}
