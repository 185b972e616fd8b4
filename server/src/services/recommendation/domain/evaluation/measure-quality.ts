import { createRandom } from "../model/random.ts";
import type { ModelEvaluation, ModelQuality } from "../model-state.ts";
import { compareModels, type ModelName } from "./compare-models.ts";
import type { Feedback } from "./feedback.ts";
import { HOLD_OUT_A_FIFTH, LEAVE_ONE_OUT, splitFeedback } from "./split.ts";

/** What is served is a model of this kind. */
const SERVED: ModelName = "local ridge";
const LIST_LENGTH = 10;
const SEED = 42;
/** So that it takes seconds: the standard error of what is told is small with fewer. */
const MAX_TEST_READERS = 2_000;
/** With fewer the figures would be chance. */
const MIN_TEST_READERS = 50;
/** Up to so many readers every like that is not held out counts. */
const MAX_READERS_TO_LEAVE_ONE_OUT = 10_000;

/** Who the readers are, and who is told how far the measuring is. */
export interface QualityOptions {
  /** How many readers like something. */
  readonly likers: number;
  /** How many of them are made up. */
  readonly generated: number;
  /** Told after each model how many of all have been tested, as a share. */
  readonly onProgress: (done: number) => void;
}

/**
 * Measures how well all four models foretell likes that they have not seen, as `npm run evaluate` does but with at most 2,000 test readers.
 * With fewer than 50 readers to test it measures nothing, and `method` says so. The same feedback in any order gives the same figures.
 */
export function measureQuality(
  feedback: Feedback,
  { likers, generated, onProgress }: QualityOptions,
): Omit<ModelEvaluation, "time"> {
  const leaveOneOut = likers <= MAX_READERS_TO_LEAVE_ONE_OUT;
  const split = splitFeedback(feedback, {
    ...(leaveOneOut ? LEAVE_ONE_OUT : HOLD_OUT_A_FIFTH),
    maxCases: MAX_TEST_READERS,
    random: createRandom(SEED),
  });
  const testReaders = split.cases.length;
  if (testReaders < MIN_TEST_READERS) {
    const few = `${testReaders} readers like ${LEAVE_ONE_OUT.minBooks} books or more`;
    return { testReaders, method: `not measured: ${few}, and it takes ${MIN_TEST_READERS}`, models: [] };
  }
  const heldOut = leaveOneOut ? "one like of each reader held out" : "a fifth of each reader's likes held out";
  const results = compareModels(split, { seed: SEED, length: LIST_LENGTH, now: () => 0, onProgress });
  const models = results.map(
    ({ model, evaluation: { ndcg, recall, hitRate, coverage } }): ModelQuality => ({
      name: model,
      served: model === SERVED,
      ndcg: ndcg.mean,
      ndcgError: ndcg.standardError,
      recall: recall.mean,
      hitRate: hitRate.mean,
      coverage,
    }),
  );
  return {
    testReaders,
    method: `${heldOut}${ofWhom({ likers, generated })}`,
    models: models.sort((a, b) => b.ndcg - a.ndcg),
  };
}

function ofWhom({ likers, generated }: Pick<QualityOptions, "likers" | "generated">): string {
  if (generated === 0) return "";
  const whom = generated === likers ? "all readers are" : `${generated} of ${likers} readers are`;
  return `; ${whom} generated sample readers`;
}
