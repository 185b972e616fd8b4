import { countPairs } from "./co-counts.ts";
import type { Interactions } from "./interactions.ts";
import { createWeightsBuilder } from "./item-weights.ts";
import { createNeighbourFinder } from "./neighbours.ts";
import { createSumModel, type SumModel } from "./sum-model.ts";

/** A baseline: item-item nearest neighbours by shrunk cosine; a book's score is how near it is to the reader's books. */
export function trainItemKnn(interactions: Interactions, neighbours = 100): SumModel {
  const weights = new Float64Array(interactions.readerIds.length).fill(1);
  const coCounts = countPairs(interactions, { weights, minReaders: 1 });
  const size = interactions.bookIds.length;
  const findNeighbours = createNeighbourFinder(coCounts, { count: neighbours, shrinkage: 10 });
  const builder = createWeightsBuilder(size, neighbours);
  for (let book = 0; book < size; book++) {
    const { books, similarities } = findNeighbours(book);
    builder.set(book, books, similarities);
  }
  return createSumModel({ weights: builder.build(), popularity: new Float64Array(size) });
}
