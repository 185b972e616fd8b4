import type { TrainingDataSize } from "../services/recommendation/domain/model-state.ts";

/** When to train. Times in milliseconds. */
export interface TrainingPolicy {
  /** Training starts again when so many likes were given or taken back since the data of the model were read. */
  enoughChanges(data: Pick<TrainingDataSize, "source" | "likes">): number;
  /**
   * How long after a model is served the next training starts, where fewer likes than enough were given or taken back, but any; `trainingMs` is
   * what its training took.
   */
  restMs(trainingMs: number): number;
  /** How long after the end of a training that succeeded the next one may start, so that a busy day is not one long training. */
  readonly pauseMs: number;
  /** How long after a training that failed the next one starts, given how many have failed one after another, from 1. */
  retryMs(failures: number): number;
}

/** What can be set of it. */
export interface TrainingSettings {
  /** How many likes of a hundred are enough changes of an imported data set. */
  readonly changedPercent: number;
  /** The longest that a change waits for a training, in milliseconds, unless a training takes longer than that itself. */
  readonly intervalMs: number;
}

const ENOUGH_BUILT_IN = 5;
const ENOUGH_IMPORTED = 20;
/** Trainings that few changes lead to take at most a twelfth of the time, and half of it where the interval is too short for that. */
const REST_FACTOR = 11;
const PAUSE_MS = 30_000;
const FIRST_RETRY_MS = 10_000;
const LAST_RETRY_MS = 3_600_000;

/**
 * After 5 changes while nothing is imported, when a training takes less than a second; after some percent of the likes, and at least 20, once
 * something is. After any change when 11 times as long as the last training took has passed, and at the latest after the interval or as long as the
 * last training took. At most once in 30 seconds. After a failure in 10 seconds, then in twice as many each time, up to an hour.
 */
export function createTrainingPolicy({ changedPercent, intervalMs }: TrainingSettings): TrainingPolicy {
  return {
    enoughChanges: ({ source, likes }) =>
      source === "built-in" ? ENOUGH_BUILT_IN : Math.max(ENOUGH_IMPORTED, Math.ceil((changedPercent * likes) / 100)),
    restMs: (trainingMs) => Math.max(PAUSE_MS, trainingMs, Math.min(intervalMs, REST_FACTOR * trainingMs)),
    pauseMs: PAUSE_MS,
    retryMs: (failures) => Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 30)),
  };
}

/** The policy unless it is set otherwise: 1 % and an hour. */
export const TRAINING_POLICY = createTrainingPolicy({ changedPercent: 1, intervalMs: 3_600_000 });
