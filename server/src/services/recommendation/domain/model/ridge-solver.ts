import { solveCholesky } from "./cholesky.ts";
import type { CoCounts } from "./co-counts.ts";
import { createNeighbourFinder } from "./neighbours.ts";

/** How to solve for what speaks for a book. */
export interface RidgeOptions {
  /** How many of the books most liked together with a book may speak for it. */
  readonly neighbours: number;
  /** The penalty on large weights. */
  readonly lambda: number;
}

/** What speaks for one book: the books and the weight of each. */
export interface RidgeRow {
  readonly books: Uint32Array;
  /** As many as there are books, and then others that mean nothing. */
  readonly weights: Float64Array;
}

/** How many readers must like both books of a pair for it to count in local ridge. */
export const MIN_READERS = 2;
const SHRINKAGE = 10;

/**
 * Makes a solver of local ridge for one book at a time: the same counts give the same row to the last bit. The counts may be others at each call; what it
 * returns is overwritten by the next. Where the system has no solution the weights are no numbers.
 */
export function createRidgeSolver(
  coCounts: CoCounts,
  { neighbours, lambda }: RidgeOptions,
): (book: number) => RidgeRow {
  const findNeighbours = createNeighbourFinder(coCounts, { count: neighbours, shrinkage: SHRINKAGE });
  const matrix = new Float64Array((neighbours * (neighbours + 1)) / 2);
  const vector = new Float64Array(neighbours);
  return (book) => {
    const { books, counts } = findNeighbours(book);
    fillMatrix(matrix, books, coCounts, lambda);
    vector.set(counts);
    solveCholesky(matrix, vector, books.length);
    return { books, weights: vector };
  };
}

/**
 * Writes `C[S][S] + λI` for the neighbours S of a book. Pairs that too few readers like are 0 in it, so it need not be positive definite: then the weights
 * are not finite, and the book gets none.
 */
function fillMatrix(matrix: Float64Array, books: Uint32Array, { get, totals }: CoCounts, lambda: number): void {
  let at = 0;
  for (let row = 0; row < books.length; row++) {
    const neighbour = books[row] ?? 0;
    for (let column = 0; column < row; column++) matrix[at++] = get(neighbour, books[column] ?? 0);
    matrix[at++] = (totals[neighbour] ?? 0) + lambda;
  }
}
