import { countPairs } from "./co-counts.ts";
import type { Interactions } from "./interactions.ts";
import { createWeightsBuilder } from "./item-weights.ts";
import { createNeighbourFinder } from "./neighbours.ts";
import { createSumModel, type SumModel } from "./sum-model.ts";

/** A baseline: item-item nearest neighbours by shrunk cosine; a book's score is how near it is to the reader's books. */
export function trainItemKnn(interactions: Interactions, neighbours = 100): SumModel {
  const { likes } = interactions;
  using coCounts = countPairs(interactions);
  const findNeighbours = createNeighbourFinder(coCounts, likes, {
    count: neighbours,
    shrinkage: 10,
    minCoCount: 1,
  });
  const builder = createWeightsBuilder(likes.length, neighbours);
  for (let book = 0; book < likes.length; book++) {
    const { books, similarities } = findNeighbours(book);
    builder.set(book, books, similarities);
  }
  return createSumModel({ weights: builder.build(), popularity: new Float64Array(likes.length) });
}
