import type { RankingModel } from "../model/ranking-model.ts";
import { type Estimate, estimate, measureList } from "./metrics.ts";
import type { Split } from "./test-case.ts";

/** What a model showed on a split. */
export interface Evaluation {
  readonly ndcg: Estimate;
  readonly recall: Estimate;
  readonly hitRate: Estimate;
  /** The share of the books of the training that is in at least one of the lists. */
  readonly coverage: number;
  /** What choosing the best of all books took for a reader, the median in microseconds. */
  readonly scoreMicros: number;
  /** The NDCG of each test case, for paired comparisons. */
  readonly ndcgs: Float64Array;
}

/** How to test a model. */
export interface EvaluationOptions {
  /** How many books a list has, from 1. */
  readonly length: number;
  /** A clock in milliseconds, for the times alone. */
  now(): number;
}

/** Lets the model rank all books but those of each profile, and measures the first of each list. */
export function evaluateModel(model: RankingModel, { train, cases }: Split, options: EvaluationOptions): Evaluation {
  const { length, now } = options;
  const shown = new Set<number>();
  const times = new Float64Array(cases.length);
  const measured = cases.map(({ profile, heldOut }, index) => {
    const start = now();
    const list = model.best(profile, length);
    times[index] = (now() - start) * 1000;
    for (const book of list) shown.add(book);
    return measureList(list, heldOut, length);
  });
  const ndcgs = Float64Array.from(measured, ({ ndcg }) => ndcg);
  return {
    ndcg: estimate(ndcgs),
    recall: estimate(Float64Array.from(measured, ({ recall }) => recall)),
    hitRate: estimate(Float64Array.from(measured, ({ hit }) => hit)),
    coverage: shown.size / Math.max(1, train.bookIds.length),
    scoreMicros: times.sort()[times.length >> 1] ?? 0,
    ndcgs,
  };
}
