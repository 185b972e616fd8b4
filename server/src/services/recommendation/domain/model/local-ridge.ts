import { type CoCounts, countPairs } from "./co-counts.ts";
import type { Interactions } from "./interactions.ts";
import { createWeightsBuilder, type ItemWeights } from "./item-weights.ts";
import { shareOfReaders } from "./popularity.ts";
import { weightsOfReaders } from "./reader-weights.ts";
import { createRidgeSolver, MIN_READERS, type RidgeOptions } from "./ridge-solver.ts";
import { createSumModel, type SumModel } from "./sum-model.ts";
import { type OnTrainingStep, startPhase } from "./training-step.ts";

/** What the model can be tuned with. */
export interface LocalRidgeOptions extends RidgeOptions {
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

/** A trained model, and what it takes to bring it up to date. */
export interface LocalRidge extends SumModel {
  /** Of readers with more likes the pairs of so many were counted. */
  readonly mostLikes: number;
}

/**
 * Trains local ridge: EASE^R (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019) restricted, for each
 * book, to the books most liked together with it, each reader's likes weighed by `weightsOfReaders`. In closed form, one small linear system a
 * book; two trainings on the same interactions give identical bytes.
 */
export function trainLocalRidge(
  interactions: Interactions,
  options = LOCAL_RIDGE_DEFAULTS,
  onStep: OnTrainingStep = () => {},
): LocalRidge {
  const weights = weightsOfReaders(interactions);
  const coCounts = countPairs(interactions, { weights, minReaders: MIN_READERS }, onStep);
  const model = createSumModel({
    weights: solveLocalRidge(coCounts, options, onStep),
    popularity: shareOfReaders(interactions, options.popularityWeight),
  });
  return { ...model, mostLikes: coCounts.mostLikes };
}

function solveLocalRidge(coCounts: CoCounts, options: LocalRidgeOptions, onStep: OnTrainingStep): ItemWeights {
  const size = coCounts.totals.length;
  const solve = createRidgeSolver(coCounts, options);
  const builder = createWeightsBuilder(size, options.neighbours, options.leastWeight);
  const finishBook = startPhase("solving", size, onStep);
  for (let book = 0; book < size; book++) {
    const { books, weights } = solve(book);
    builder.set(book, books, weights);
    finishBook();
  }
  return builder.build();
}
