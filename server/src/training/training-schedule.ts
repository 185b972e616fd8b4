import type { TrainedModel } from "./trained-model.ts";
import type { TrainingPolicy } from "./training-policy.ts";

/** What decides when the next training is due. */
export interface TrainingNeed {
  /** The model that is served, where it was trained for the books that are; undefined where there is none. */
  readonly model: Pick<TrainedModel, "data" | "trainingSeconds"> | undefined;
  /** How many likes were given or taken back since its data were read. */
  readonly changes: number;
}

/** Knows when to train. Times in milliseconds. */
export interface TrainingSchedule {
  /** In how long the next training is due; Infinity while none is. */
  dueIn(need: TrainingNeed): number;
  /** A model has come to be served. */
  served(): void;
  /** A training has ended well. */
  succeeded(): void;
  /** A training has failed; returns in how long it is tried again. */
  failed(): number;
  /** There are other books to train for: nothing that was is a reason to wait. */
  startOver(): void;
}

/** Makes the schedule of a policy. `uptime` goes on evenly; `age` is how long ago the model that is served first was trained. */
export function createTrainingSchedule(
  { policy, uptime }: { readonly policy: TrainingPolicy; readonly uptime: () => number },
  age: number,
): TrainingSchedule {
  let failures = 0;
  let notBefore = uptime();
  /** Below 0 where that was before the server started. */
  let servedAt = uptime() - age;
  return {
    dueIn({ model, changes }) {
      const pause = Math.max(0, notBefore - uptime());
      if (model === undefined || changes >= policy.enoughChanges(model.data)) return pause;
      if (changes === 0) return Number.POSITIVE_INFINITY;
      return Math.max(pause, servedAt + policy.restMs(model.trainingSeconds * 1_000) - uptime());
    },
    served() {
      servedAt = uptime();
    },
    succeeded() {
      failures = 0;
      notBefore = uptime() + policy.pauseMs;
    },
    failed() {
      failures++;
      const retryMs = policy.retryMs(failures);
      notBefore = uptime() + retryMs;
      return retryMs;
    },
    startOver() {
      failures = 0;
      notBefore = uptime();
    },
  };
}
