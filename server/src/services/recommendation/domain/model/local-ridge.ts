import { solveCholesky } from "./cholesky.ts";
import { type CoCounts, countPairs } from "./co-counts.ts";
import type { Interactions } from "./interactions.ts";
import { createWeightsBuilder, type ItemWeights } from "./item-weights.ts";
import { createNeighbourFinder } from "./neighbours.ts";
import { shareOfReaders } from "./popularity.ts";
import { weightsOfReaders } from "./reader-weights.ts";
import { createSumModel, type SumModel } from "./sum-model.ts";
import { type OnTrainingStep, startPhase } from "./training-step.ts";

/** What the model can be tuned with. */
export interface LocalRidgeOptions {
  /** How many of the books most liked together with a book may speak for it. */
  readonly neighbours: number;
  /** The penalty on large weights. */
  readonly lambda: number;
  /** Weights smaller than this either way are left out: nearly half of them, which change no list for the better and take time in each. */
  readonly leastWeight: number;
  /** What a book that all readers like gets for being popular, for a reader of one book or none; others in proportion. */
  readonly popularityWeight: number;
}

/** The settings that the evaluation found best: docs/recommender.md says how. */
export const LOCAL_RIDGE_DEFAULTS: LocalRidgeOptions = {
  neighbours: 100,
  lambda: 50,
  leastWeight: 0.004,
  popularityWeight: 0.5,
};

const SHRINKAGE = 10;
const MIN_READERS = 2;

/**
 * Trains local ridge: EASE^R (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019) restricted, for each
 * book, to the books most liked together with it, each reader's likes weighed by `weightsOfReaders`. In closed form, one small linear system a
 * book; two trainings on the same interactions give identical bytes.
 */
export function trainLocalRidge(
  interactions: Interactions,
  options = LOCAL_RIDGE_DEFAULTS,
  onStep: OnTrainingStep = () => {},
): SumModel {
  const weights = weightsOfReaders(interactions);
  const coCounts = countPairs(interactions, { weights, minReaders: MIN_READERS }, onStep);
  return createSumModel({
    weights: solveLocalRidge(coCounts, options, onStep),
    popularity: shareOfReaders(interactions, options.popularityWeight),
  });
}

function solveLocalRidge(
  coCounts: CoCounts,
  { neighbours, lambda, leastWeight }: LocalRidgeOptions,
  onStep: OnTrainingStep,
): ItemWeights {
  const size = coCounts.totals.length;
  const findNeighbours = createNeighbourFinder(coCounts, { count: neighbours, shrinkage: SHRINKAGE });
  const builder = createWeightsBuilder(size, neighbours, leastWeight);
  const matrix = new Float64Array((neighbours * (neighbours + 1)) / 2);
  const vector = new Float64Array(neighbours);
  const finishBook = startPhase("solving", size, onStep);
  for (let book = 0; book < size; book++) {
    const { books, counts } = findNeighbours(book);
    fillMatrix(matrix, books, coCounts, lambda);
    vector.set(counts);
    solveCholesky(matrix, vector, books.length);
    builder.set(book, books, vector);
    finishBook();
  }
  return builder.build();
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
