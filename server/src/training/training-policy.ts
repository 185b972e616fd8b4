import type { TrainingDataSize } from "../services/recommendation/domain/model-state.ts";

/** When to train. Times in milliseconds. */
export interface TrainingPolicy {
  /** Training starts again when so many likes were given or taken back since the data of the model were read. */
  enoughChanges(data: Pick<TrainingDataSize, "source" | "likes">): number;
  /** How long after the end of a training that succeeded the next one may start, so that a busy day is not one long training. */
  readonly pauseMs: number;
  /** How long after a training that failed the next one starts, given how many have failed one after another, from 1. */
  retryMs(failures: number): number;
}

const ENOUGH_BUILT_IN = 5;
const ENOUGH_IMPORTED = 20;
const ENOUGH_SHARE = 0.01;
const FIRST_RETRY_MS = 10_000;
const LAST_RETRY_MS = 3_600_000;

/**
 * After 5 changes while nothing is imported, when a training takes less than a second; after 1 % of the likes, and at least 20, once
 * something is. At most once in 30 seconds. After a failure in 10 seconds, then in twice as many each time, up to an hour.
 */
export const TRAINING_POLICY: TrainingPolicy = {
  enoughChanges: ({ source, likes }) =>
    source === "built-in" ? ENOUGH_BUILT_IN : Math.max(ENOUGH_IMPORTED, Math.ceil(ENOUGH_SHARE * likes)),
  pauseMs: 30_000,
  retryMs: (failures) => Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 30)),
};
