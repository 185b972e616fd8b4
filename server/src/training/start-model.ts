import type { Logger } from "pino";
import type { Delay } from "../domain/delay.ts";
import type { Notifier } from "../domain/notifier.ts";
import { builtInCatalogue } from "../services/recommendation/domain/built-in-catalogue.ts";
import { type ModelState, type ModelStates, NO_MODEL } from "../services/recommendation/domain/model-state.ts";
import type { RatingStore } from "../services/recommendation/domain/rating-store.ts";
import type { Serving } from "../services/recommendation/domain/serving.ts";
import { createHub } from "../storage/live/hub.ts";
import { createStateFeed, type StateFeed } from "../storage/live/state-feed.ts";
import { copyFirst } from "./copy-first.ts";
import { keepModel, type ModelKeeper, type ModelSharing } from "./keep-model.ts";
import { readModelFile } from "./model-file.ts";
import { createModelOnDuty, type ServedBooks } from "./model-on-duty.ts";
import { runTraining } from "./run-training.ts";
import { runUpdates } from "./run-updates.ts";
import type { TrainingPolicy } from "./training-policy.ts";

/** What the model of a server is made of. */
export interface ModelOptions {
  readonly dataDir: string;
  readonly books: ServedBooks;
  readonly ratings: RatingStore;
  readonly heartbeatMs: number;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  readonly now: () => Date;
  readonly delay: Delay;
  readonly policy: TrainingPolicy;
  /** Notifies of a change in what is told beside the state: the comparison of rankings. */
  readonly compared: Notifier;
  /** How the model is shared with other servers of the same store; absent where this is the only one. */
  readonly sharing?: ModelSharing | undefined;
  /** Brings to the folder what readers have said until now; absent where the store is in it. */
  readonly copyRatings?: (() => Promise<void>) | undefined;
}

/** The model of a running server. */
export interface RunningModel extends ModelKeeper {
  readonly serving: Serving;
  readonly states: ModelStates;
  /** How many follow the state. */
  readonly followers: number;
}

/**
 * Serves books by the stored model where it fits, or else by their popularity, and trains in the background until the signal is aborted.
 * Rejects when the store fails.
 */
export async function startModel(options: ModelOptions, signal: AbortSignal): Promise<RunningModel> {
  const { dataDir, books, ratings, heartbeatMs, policy } = options;
  const hub = createHub();
  const states = createStateFeed(NO_MODEL, { hub, key: "model", heartbeatMs });
  const duty = createModelOnDuty({ builtIn: builtInCatalogue.books, books, states, onServed: ratings.refresh });
  const { logger, now, delay, sharing, copyRatings } = options;
  const threads = { train: runTraining, update: runUpdates };
  const keeper = await keepModel(
    {
      dataDir,
      duty,
      states,
      changes: ratings.changes,
      readStored: readModelFile,
      ...(copyRatings ? copyFirst({ copy: copyRatings, delay }, threads) : threads),
      sharing,
      policy,
      logger,
      now,
      uptime: () => performance.now(),
      delay,
    },
    signal,
  );
  const told = tellAgain(options, states, signal);
  return {
    ...keeper,
    stopped: Promise.all([keeper.stopped, told]).then(() => undefined),
    serving: duty,
    states,
    get followers() {
      return hub.waiters;
    },
  };
}

/** How often a change of the comparison is sent to the followers of the state, in milliseconds. */
const TELL_COMPARED_MS = 1_000;

/** Has the state sent again after each change of what is told beside it, until the signal is aborted. */
async function tellAgain(
  { compared, delay }: Pick<ModelOptions, "compared" | "delay">,
  states: StateFeed<ModelState>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await compared.wait(signal);
      await delay(TELL_COMPARED_MS, signal);
      states.set({ ...states.current });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
