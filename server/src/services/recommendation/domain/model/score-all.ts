import type { ItemWeights } from "./item-weights.ts";
import type { Profile } from "./profile.ts";
import type { SumModelData } from "./sum-model-data.ts";

/**
 * Writes the score of each book for a profile: its popularity times `fade`, and what the books of the profile say for
 * it, each times its weight there.
 */
export function scoreAll(
  scores: Float64Array,
  { weights, popularity }: SumModelData,
  { books, weights: own }: Profile,
  fade: number,
): void {
  multiplyInto(scores, popularity, fade);
  for (let index = 0; index < books.length; index++) {
    const weight = own[index] ?? 0;
    if (weight !== 0) addWeights(scores, weights, books[index] ?? 0, weight);
  }
}

// The loops below are the time of a call. Their indices are inside the arrays by construction: cast, not checked. All
// that they read is in variables of their own, for what a closure holds takes several times as long.

function multiplyInto(scores: Float64Array, values: Float64Array, factor: number): void {
  const size = values.length;
  for (let book = 0; book < size; book++) scores[book] = (values[book] as number) * factor;
}

function addWeights(scores: Float64Array, said: ItemWeights, source: number, weight: number): void {
  const { starts, targets, weights } = said;
  const end = starts[source + 1] as number;
  for (let entry = starts[source] as number; entry < end; entry++) {
    const target = targets[entry] as number;
    scores[target] = (scores[target] as number) + weight * (weights[entry] as number);
  }
}
