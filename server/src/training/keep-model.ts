import type { Logger } from "pino";
import type { Delay } from "../domain/delay.ts";
import { createNotifier } from "../domain/notifier.ts";
import type { ModelState } from "../services/recommendation/domain/model-state.ts";
import type { RatingStore } from "../services/recommendation/domain/rating-store.ts";
import type { StateFeed } from "../storage/live/state-feed.ts";
import { countLikeChanges } from "./like-changes.ts";
import type { ModelOnDuty, ServedBooks } from "./model-on-duty.ts";
import type { RunTraining } from "./run-training.ts";
import { MOST_EVALUATION_ATTEMPTS } from "./train-and-evaluate.ts";
import type { EvaluationRecord, TrainedModel } from "./trained-model.ts";
import type { TrainingMessage } from "./training-messages.ts";
import type { TrainingPolicy } from "./training-policy.ts";

/** What keeping a model takes. */
export interface ModelKeeperOptions {
  readonly dataDir: string;
  readonly duty: ModelOnDuty;
  readonly states: StateFeed<ModelState>;
  readonly changes: RatingStore["changes"];
  /** Reads the model that is stored; undefined when there is none. Rejects when it cannot be used. */
  readonly readStored: (dataDir: string) => Promise<TrainedModel | undefined>;
  readonly train: RunTraining;
  readonly policy: TrainingPolicy;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  readonly now: () => Date;
  /** Milliseconds since some moment, which go on evenly whatever is done to the clock. */
  readonly uptime: () => number;
  readonly delay: Delay;
}

/** Looks after the model that ranks the books. */
export interface ModelKeeper {
  /** Serves other books from now on, and trains a model for them. */
  serveBooks(books: ServedBooks): void;
  /** Resolves once the signal is aborted and nothing is running any more. */
  readonly stopped: Promise<void>;
}

/** How often changes of ratings are sent to the followers of the state, in milliseconds. */
const TELL_CHANGES_MS = 200;

/**
 * Serves the stored model where it fits, and goes on training whenever it is due: while there is none for the books that are served, and
 * when enough has changed. Whatever happens to a training, what is served stays. Resolves once the stored model is served; rejects
 * when the store fails.
 */
export async function keepModel(options: ModelKeeperOptions, signal: AbortSignal): Promise<ModelKeeper> {
  const { dataDir, duty, states, policy, logger, now, uptime, delay } = options;
  const stored = await readStored(options);
  let lastVersion = stored?.version ?? 0;
  let lastEvaluation: EvaluationRecord | undefined = stored?.evaluation;
  /** Whether the server ended before the stored model was measured. */
  let owesEvaluation =
    stored !== undefined && stored.evaluation === undefined && stored.evaluationAttempts < MOST_EVALUATION_ATTEMPTS;
  let failures = 0;
  /** When the next training may start, as `uptime` counts. */
  let notBefore = uptime();
  /** When the model that is served was trained, as `uptime` counts: below 0 where that was before the server started. */
  let servedAt = uptime() - ageOf(stored, now());
  let training: AbortController | undefined;
  const notifier = createNotifier();

  const fits = stored?.fingerprint === duty.fingerprint;
  let evaluationAttempts = fits ? stored.evaluationAttempts : 0;
  const likes = await countLikeChanges(
    { changes: options.changes, after: fits ? stored.sequence : undefined, onChange: () => void tellChanges() },
    signal,
  );
  if (stored && fits) duty.serveModel(stored);
  else if (stored) logger.info({ version: stored.version }, "the stored model is for other data: training again");

  let telling = false;
  async function tellChanges(): Promise<void> {
    notifier.notify();
    if (telling) return;
    telling = true;
    await delay(TELL_CHANGES_MS, signal).catch(() => undefined);
    telling = false;
    if (!signal.aborted) states.set({ ...states.current, changesSince: changesSince() });
  }

  function changesSince(): number {
    return duty.model === undefined ? 0 : likes.since(duty.model.sequence);
  }

  /** In how many milliseconds the next training is due; Infinity while none is. */
  function dueIn(): number {
    const { model, fingerprint } = duty;
    const changes = changesSince();
    const pauseEnds = notBefore - uptime();
    if (model?.fingerprint !== fingerprint || owesEvaluation) return Math.max(0, pauseEnds);
    if (changes >= policy.enoughChanges(model.data)) return Math.max(0, pauseEnds);
    if (changes === 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, pauseEnds, servedAt + policy.restMs(model.trainingSeconds * 1_000) - uptime());
  }

  /** Waits for something to happen, at most so long. */
  async function pause(milliseconds: number): Promise<void> {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const time = Number.isFinite(milliseconds) ? [delay(milliseconds, either)] : [];
    try {
      await Promise.race([notifier.wait(either), ...time]);
    } finally {
      over.abort();
    }
  }

  async function trainOnce(): Promise<void> {
    const startedAt = now();
    const replaced = new AbortController();
    training = replaced;
    owesEvaluation = false;
    const order = {
      dataDir,
      version: lastVersion + 1,
      library: duty.books.library,
      sequence: likes.position,
      evaluation: lastEvaluation,
      evaluationAttempts,
    };
    states.set({ ...states.current, training: { phase: "reading", progress: 0, startedAt } });
    try {
      await options.train(order, (message) => take(message, startedAt), AbortSignal.any([signal, replaced.signal]));
      failures = 0;
      notBefore = uptime() + policy.pauseMs;
    } catch (error) {
      if (signal.aborted) throw error;
      if (!replaced.signal.aborted) failed(error);
    } finally {
      training = undefined;
      states.set({ ...states.current, training: undefined });
    }
  }

  function take(message: TrainingMessage, startedAt: Date): void {
    switch (message.kind) {
      case "progress": {
        const { phase, progress } = message;
        states.set({ ...states.current, training: { phase, progress, startedAt } });
        break;
      }
      case "model": {
        const { model } = message;
        lastVersion = model.version;
        evaluationAttempts = model.evaluationAttempts;
        servedAt = uptime();
        states.set({ ...states.current, failure: "", changesSince: likes.since(model.sequence) });
        duty.serveModel(model);
        logger.info({ version: model.version, seconds: model.trainingSeconds, ...model.data }, "serving a new model");
        break;
      }
      case "evaluation":
        lastEvaluation = message.record;
        evaluationAttempts = 0;
        duty.setEvaluation(message.record);
        break;
      case "not-stored":
        logger.warn({ reason: message.reason }, "the model could not be stored");
        break;
      case "not-evaluated":
        logger.warn({ reason: message.reason }, "the model could not be evaluated");
        states.set({ ...states.current, failure: `the evaluation failed: ${message.reason}` });
        break;
    }
  }

  function failed(error: unknown): void {
    failures++;
    const retryMs = policy.retryMs(failures);
    notBefore = uptime() + retryMs;
    logger.error({ err: error, retryMs }, "a training failed");
    const reason = error instanceof Error ? error.message : String(error);
    states.set({ ...states.current, failure: `the training failed: ${reason}` });
  }

  async function trainWhenDue(): Promise<void> {
    try {
      for (;;) {
        signal.throwIfAborted();
        const milliseconds = dueIn();
        if (milliseconds > 0) await pause(milliseconds);
        else await trainOnce();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Whatever ends the training for good is no reason to end the server: it serves on. */
  async function logged(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      logger.error({ err: error }, "the model is trained no more");
      states.set({ ...states.current, failure: "the model is trained no more: the ratings cannot be read" });
    }
  }

  const stopped = Promise.all([logged(trainWhenDue()), logged(likes.stopped)]).then(() => undefined);
  return {
    serveBooks(books) {
      duty.serveBooks(books);
      failures = 0;
      evaluationAttempts = 0;
      notBefore = uptime();
      training?.abort(new Error("other books are served"));
      notifier.notify();
    },
    stopped,
  };
}

/** In milliseconds; 0 where the clock was set back since. */
function ageOf(model: TrainedModel | undefined, now: Date): number {
  return model === undefined ? 0 : Math.max(0, now.getTime() - model.trainedAt.getTime());
}

async function readStored({ readStored: read, dataDir, logger }: ModelKeeperOptions) {
  try {
    return await read(dataDir);
  } catch (error) {
    logger.warn({ err: error }, "the stored model cannot be used: training again");
    return undefined;
  }
}
