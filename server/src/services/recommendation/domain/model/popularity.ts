import type { Interactions } from "./interactions.ts";
import { createScoringModel, type RankingModel } from "./ranking-model.ts";

/** The share of the readers who like each book, times a weight. */
export function shareOfReaders(
  { likes, readerIds }: Pick<Interactions, "likes" | "readerIds">,
  weight: number,
): Float64Array {
  const readers = Math.max(1, readerIds.length);
  return Float64Array.from(likes, (count) => (weight * count) / readers);
}

/** A baseline: the same books for everyone, those with the most likes first. */
export function createMostPopular(interactions: Pick<Interactions, "likes" | "readerIds">): RankingModel {
  const popularity = shareOfReaders(interactions, 1);
  return createScoringModel(popularity.length, (_profile, scores) => scores.set(popularity));
}
