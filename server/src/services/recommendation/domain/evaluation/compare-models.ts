import type { Interactions } from "../model/interactions.ts";
import { trainItemKnn } from "../model/item-knn.ts";
import { trainLocalRidge } from "../model/local-ridge.ts";
import { createMostPopular } from "../model/popularity.ts";
import { createRandom, createRandomModel } from "../model/random.ts";
import type { RankingModel } from "../model/ranking-model.ts";
import { type Evaluation, type EvaluationOptions, evaluateModel } from "./evaluate-model.ts";
import { type Estimate, estimate } from "./metrics.ts";
import type { Split } from "./test-case.ts";

/** How the models are called. */
export type ModelName = "random" | "most popular" | "item kNN" | "local ridge";

/** What one model showed, and against the nearest neighbours. */
export interface ModelResult {
  readonly model: ModelName;
  readonly evaluation: Omit<Evaluation, "ndcgs">;
  /** What the training took, in seconds. */
  readonly trainSeconds: number;
  /** The mean difference of the NDCG to that of item kNN over the same readers. */
  readonly ndcgAgainstKnn: Estimate;
}

/** How to compare the models. */
export interface ComparisonOptions extends EvaluationOptions {
  /** For the random model. */
  readonly seed: number;
  /** Told after each model how many of all have been tested, as a share. */
  readonly onProgress?: (done: number) => void;
}

/** The four models; all are told the same of a reader, and none offers a reader a book that it was told of. */
const CONTENDERS: readonly {
  readonly model: ModelName;
  train(interactions: Interactions, seed: number): RankingModel;
}[] = [
  { model: "random", train: ({ bookIds }, seed) => createRandomModel(createRandom(seed), bookIds.length) },
  { model: "most popular", train: createMostPopular },
  { model: "item kNN", train: (interactions) => trainItemKnn(interactions) },
  { model: "local ridge", train: (interactions) => trainLocalRidge(interactions) },
];

/** Trains all four models on the same interactions and tests them with the same readers: the same input gives the same figures. */
export function compareModels(split: Split, options: ComparisonOptions): ModelResult[] {
  const { seed, length, now, onProgress = () => {} } = options;
  const measured = CONTENDERS.map(({ model, train }, index) => {
    const start = now();
    const trained = train(split.train, seed);
    const trainSeconds = (now() - start) / 1000;
    const evaluation = evaluateModel(trained, split, { length, now });
    onProgress((index + 1) / CONTENDERS.length);
    return { model, trainSeconds, evaluation };
  });
  const knn = measured.find(({ model }) => model === "item kNN")?.evaluation.ndcgs ?? new Float64Array();
  return measured.map(({ model, trainSeconds, evaluation: { ndcgs, ...evaluation } }) => ({
    model,
    evaluation,
    trainSeconds,
    ndcgAgainstKnn: pairedDifference(ndcgs, knn),
  }));
}

function pairedDifference(first: Float64Array, second: Float64Array): Estimate {
  return estimate(first.map((value, index) => value - (second[index] ?? 0)));
}
