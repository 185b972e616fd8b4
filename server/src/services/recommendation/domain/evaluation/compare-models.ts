import type { Interactions } from "../model/interactions.ts";
import { trainItemKnn } from "../model/item-knn.ts";
import { trainLocalRidge } from "../model/local-ridge.ts";
import { createMostPopular } from "../model/popularity.ts";
import { createRandom, createRandomModel } from "../model/random.ts";
import type { ExplainableModel, RankingModel } from "../model/ranking-model.ts";
import { type Evaluation, type EvaluationOptions, evaluateModel } from "./evaluate-model.ts";
import { type Estimate, estimate } from "./metrics.ts";
import type { Shelf, Split } from "./test-case.ts";
import { createDeafModel, createDiverseModel } from "./variants.ts";

/** How the models are called. */
export type ModelName = "random" | "most popular" | "item kNN" | "local ridge" | VariantName;

/** Other lists of the served kind of model. */
type VariantName = "local ridge, deaf to dislikes" | "local ridge, diverse lists";

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
  /** Whether variants of the lists are compared too: one that makes nothing of dislikes, and where the books are known the diverse ones. */
  readonly variants?: boolean;
  /** Told after each model how many of all have been tested, as a share. */
  readonly onProgress?: (done: number) => void;
}

/** The four models; all are told the same of a reader, and none offers a reader a book that it was told of. */
const CONTENDERS: readonly {
  readonly model: ModelName;
  train(interactions: Interactions, seed: number): RankingModel & Partial<ExplainableModel>;
}[] = [
  { model: "random", train: ({ bookIds }, seed) => createRandomModel(createRandom(seed), bookIds.length) },
  { model: "most popular", train: createMostPopular },
  { model: "item kNN", train: (interactions) => trainItemKnn(interactions) },
  { model: "local ridge", train: (interactions) => trainLocalRidge(interactions) },
];

function variantsOf(model: RankingModel, shelf: Shelf | undefined): readonly [VariantName, RankingModel][] {
  const deaf = createDeafModel(model);
  if (shelf === undefined) return [["local ridge, deaf to dislikes", deaf]];
  return [
    ["local ridge, deaf to dislikes", deaf],
    ["local ridge, diverse lists", createDiverseModel(model, shelf)],
  ];
}

/** Trains all four models on the same interactions and tests them with the same readers: the same input gives the same figures. */
export function compareModels(split: Split, options: ComparisonOptions): ModelResult[] {
  const { seed, now, onProgress = () => {} } = options;
  const measured = CONTENDERS.flatMap(({ model, train }, index) => {
    const start = now();
    const trained = train(split.train, seed);
    const trainSeconds = (now() - start) / 1000;
    const variants = options.variants && model === "local ridge" ? variantsOf(trained, split.shelf) : [];
    const results = [[model, trained] as const, ...variants].map(([name, tested]) => ({
      model: name,
      trainSeconds,
      evaluation: evaluateModel(tested, split, options),
    }));
    onProgress((index + 1) / CONTENDERS.length);
    return results;
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
