import { type ItemWeights, weightBetween } from "./item-weights.ts";
import type { Profile } from "./profile.ts";
import type { ExplainableModel } from "./ranking-model.ts";

/** What a trained model is: all that has to be kept of it to serve it again. */
export interface SumModelData {
  readonly weights: ItemWeights;
  /** What each book gets for being popular, for a reader of whom one book is known or none. */
  readonly popularity: Float64Array;
}

/** A model with the data that it is made of. */
export interface SumModel extends ExplainableModel, SumModelData {}

/**
 * A model that adds up what the reader's books say for each book. What popularity adds fades with the root of the weight of the
 * profile: it leads readers of few books, and gets out of the way of those with many.
 */
export function createSumModel({ weights, popularity }: SumModelData): SumModel {
  return {
    weights,
    popularity,
    score(profile, scores) {
      const fade = fadeOf(profile);
      // The indices below are inside the arrays by construction, and this is the time of a call: cast, not checked.
      for (let book = 0; book < popularity.length; book++) scores[book] = (popularity[book] as number) * fade;
      profile.books.forEach((source, index) => {
        const weight = profile.weights[index] ?? 0;
        if (weight !== 0) addWeights(weights, source, weight, scores);
      });
    },
    contributions(profile, book) {
      const terms = new Float64Array(profile.books.length);
      profile.books.forEach((source, index) => {
        terms[index] = (profile.weights[index] ?? 0) * weightBetween(weights, source, book);
      });
      return { popularity: (popularity[book] ?? 0) * fadeOf(profile), terms };
    },
  };
}

function addWeights(
  { starts, targets, weights }: ItemWeights,
  source: number,
  weight: number,
  scores: Float64Array,
): void {
  const end = starts[source + 1] ?? 0;
  for (let entry = starts[source] ?? 0; entry < end; entry++) {
    const target = targets[entry] as number;
    scores[target] = (scores[target] as number) + weight * (weights[entry] as number);
  }
}

function fadeOf({ weights }: Profile): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return 1 / Math.sqrt(Math.max(1, sum));
}
