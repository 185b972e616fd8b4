import { builtInCatalogue } from "../domain/built-in-catalogue.ts";
import { createRankingRecommender } from "../domain/ranking-recommender.ts";
import { createSampleReaders } from "../domain/sample-readers.ts";
import type { Served, Serving } from "../domain/serving.ts";
import { trainServedModel } from "../domain/training/train-served-model.ts";

const model = trainServedModel({
  likes: createSampleReaders(builtInCatalogue.books),
  books: builtInCatalogue.books.map(({ id, authors, categories }) => ({
    id,
    authors,
    tags: categories.map((category) => [category, 1] as const),
  })),
});

/** The built-in books, ranked by a model of the sample readers. */
const trainedOnSamples: Served = {
  catalogue: builtInCatalogue,
  recommender: createRankingRecommender(builtInCatalogue, model, { mostlySampleReaders: true }),
  modelVersion: 1,
};

/** The built-in books while no model is ready. */
export const notTrained: Served = {
  catalogue: builtInCatalogue,
  recommender: createRankingRecommender(builtInCatalogue, undefined),
  modelVersion: 0,
};

/** A serving for tests, which serves what it is told to: at first the built-in books by a model of the sample readers. */
export function createTestServing(): Serving & { current: Served } {
  return { current: trainedOnSamples };
}
