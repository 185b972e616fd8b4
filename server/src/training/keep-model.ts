import type { Logger } from "pino";
import type { Delay } from "../domain/delay.ts";
import { createNotifier } from "../domain/notifier.ts";
import type { ModelState } from "../services/recommendation/domain/model-state.ts";
import type { RatingStore } from "../services/recommendation/domain/rating-store.ts";
import type { StateFeed } from "../storage/live/state-feed.ts";
import { countLikeChanges, type LikeChanges } from "./like-changes.ts";
import type { ModelOnDuty, ServedBooks } from "./model-on-duty.ts";
import { createModelUpdates, type ModelUpdates } from "./model-updates.ts";
import type { RunTraining } from "./run-training.ts";
import type { RunUpdates } from "./run-updates.ts";
import { MOST_EVALUATION_ATTEMPTS } from "./train-and-evaluate.ts";
import type { EvaluationRecord, TrainedModel } from "./trained-model.ts";
import type { TrainingMessage } from "./training-messages.ts";
import type { TrainingPolicy } from "./training-policy.ts";
import { createTrainingSchedule, type TrainingSchedule } from "./training-schedule.ts";

/** What keeping a model takes. */
export interface ModelKeeperOptions {
  readonly dataDir: string;
  readonly duty: ModelOnDuty;
  readonly states: StateFeed<ModelState>;
  readonly changes: RatingStore["changes"];
  /** Reads the model that is stored; undefined when there is none. Rejects when it cannot be used. */
  readonly readStored: (dataDir: string) => Promise<TrainedModel | undefined>;
  readonly train: RunTraining;
  readonly update: RunUpdates;
  readonly policy: TrainingPolicy;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  readonly now: () => Date;
  /** Milliseconds since some moment, which go on evenly whatever is done to the clock. */
  readonly uptime: () => number;
  readonly delay: Delay;
  /** How the model is shared with other servers of the same store; absent where this is the only one. */
  readonly sharing?: ModelSharing | undefined;
}

/** The part of a server in the training of a model that several share. */
export interface ModelSharing {
  /** Whether this server is the one that trains. */
  readonly isTrainer: boolean;
  /** Hands the model that was stored over to the others. */
  publish(): void;
}

/** Looks after the model that ranks the books. */
export interface ModelKeeper {
  /** Serves other books from now on, and trains a model for them. */
  serveBooks(books: ServedBooks): void;
  /** Serves a model that another server has trained, as soon as the books are those that it is for. */
  serveTrained(model: TrainedModel): void;
  /** Looks again whether this server is the one that trains. */
  roleChanged(): void;
  /** Resolves once the signal is aborted and nothing is running any more. */
  readonly stopped: Promise<void>;
}

/** How often changes of ratings are sent to the followers of the state, in milliseconds. */
const TELL_CHANGES_MS = 200;

/**
 * Serves the stored model where it fits, goes on training whenever it is due: while there is none for the books that are served, and
 * when enough has changed; and keeps the model up to date in between. Whatever happens to a training, what is served stays. Resolves once the stored
 * model is served; rejects when the store fails.
 */
export async function keepModel(options: ModelKeeperOptions, signal: AbortSignal): Promise<ModelKeeper> {
  const { duty, logger } = options;
  const stored = await readStored(options);
  const fits = stored?.fingerprint === duty.fingerprint;
  // Likes may change before there is a supervisor to tell.
  let onChange = () => {};
  const likes = await countLikeChanges(
    {
      changes: options.changes,
      after: fits ? stored.sequence : undefined,
      onChange: () => onChange(),
      delay: options.delay,
    },
    signal,
  );
  const supervisor = new ModelSupervisor(options, { stored, likes }, signal);
  onChange = () => supervisor.likesChanged();
  if (stored && fits) supervisor.serve(stored);
  else if (stored) logger.info({ version: stored.version }, "the stored model is for other data: training again");
  return {
    serveBooks: (books) => supervisor.serveBooks(books),
    serveTrained: (model) => supervisor.serveTrained(model),
    roleChanged: () => supervisor.roleChanged(),
    stopped: supervisor.run(),
  };
}

/** What a supervisor starts from. */
interface Beginning {
  readonly stored: TrainedModel | undefined;
  readonly likes: LikeChanges;
}

/** Decides what is trained and when, and tells of it. */
class ModelSupervisor {
  readonly #options: ModelKeeperOptions;
  readonly #signal: AbortSignal;
  readonly #likes: LikeChanges;
  readonly #schedule: TrainingSchedule;
  readonly #updates: ModelUpdates;
  readonly #notifier = createNotifier();
  #lastVersion: number;
  #lastEvaluation: EvaluationRecord | undefined;
  #evaluationAttempts: number;
  /** Whether the server ended before the stored model was measured. */
  #owesEvaluation: boolean;
  #training: AbortController | undefined;
  #isTelling = false;
  /** Whether what was trained last is stored, so that others can be given it. */
  #isStored = true;
  /** A model that another server has trained for books that this one has yet to serve. */
  #ahead: TrainedModel | undefined;

  constructor(options: ModelKeeperOptions, { stored, likes }: Beginning, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#likes = likes;
    this.#schedule = createTrainingSchedule(options, ageOf(stored, options.now()));
    this.#updates = createModelUpdates({ ...options, run: options.update }, signal);
    this.#lastVersion = stored?.version ?? 0;
    this.#lastEvaluation = stored?.evaluation;
    this.#evaluationAttempts = stored?.fingerprint === options.duty.fingerprint ? stored.evaluationAttempts : 0;
    this.#owesEvaluation = stored !== undefined && owesEvaluation(stored);
  }

  /** Resolves once the signal is aborted and nothing is running any more. */
  async run(): Promise<void> {
    await Promise.all([this.#logged(this.#trainWhenDue()), this.#logged(this.#likes.stopped)]);
    await this.#updates.stopped();
  }

  serve(model: TrainedModel): void {
    this.#options.duty.serveModel(model);
    this.#updates.renew();
    if (this.#changesSince() > 0) this.#updates.look();
  }

  serveBooks(books: ServedBooks): void {
    this.#options.duty.serveBooks(books);
    this.#updates.renew();
    this.#schedule.startOver();
    this.#evaluationAttempts = 0;
    this.#training?.abort(new Error("other books are served"));
    if (this.#ahead !== undefined) this.serveTrained(this.#ahead);
    this.#notifier.notify();
  }

  serveTrained(model: TrainedModel): void {
    const { duty, logger } = this.#options;
    // What this server trains itself, should it be the one that does, comes after it.
    this.#lastVersion = Math.max(this.#lastVersion, model.version);
    const isForOthers = model.fingerprint !== duty.fingerprint;
    this.#ahead = isForOthers ? model : undefined;
    if (isForOthers) return;
    this.#lastEvaluation = model.evaluation;
    this.#evaluationAttempts = model.evaluationAttempts;
    this.#owesEvaluation = owesEvaluation(model);
    if (isSame(model, duty.model)) {
      if (model.evaluation) duty.setEvaluation(model.evaluation);
      return;
    }
    this.#schedule.served();
    this.#tell({ failure: "", changesSince: this.#likes.since(model.sequence) });
    this.serve(model);
    logger.info({ version: model.version, ...model.data }, "serving the model that another server has trained");
  }

  roleChanged(): void {
    if (this.#options.sharing?.isTrainer === false) this.#training?.abort(new Error("another server trains"));
    this.#notifier.notify();
  }

  likesChanged(): void {
    this.#notifier.notify();
    this.#updates.look();
    void this.#tellChanges();
  }

  async #tellChanges(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    await this.#options.delay(TELL_CHANGES_MS, this.#signal).catch(() => undefined);
    this.#isTelling = false;
    if (!this.#signal.aborted) this.#tell({ changesSince: this.#changesSince() });
  }

  #tell(changed: Partial<ModelState>): void {
    const { states } = this.#options;
    states.set({ ...states.current, ...changed });
  }

  #changesSince(): number {
    const { model } = this.#options.duty;
    return model === undefined ? 0 : this.#likes.since(model.sequence);
  }

  async #trainWhenDue(): Promise<void> {
    try {
      for (;;) {
        this.#signal.throwIfAborted();
        const { model, fingerprint } = this.#options.duty;
        const isGood = model?.fingerprint === fingerprint && !this.#owesEvaluation;
        const changes = this.#changesSince();
        const { sharing } = this.#options;
        const trains = sharing === undefined || sharing.isTrainer;
        const need = { model: isGood ? model : undefined, changes };
        const milliseconds = trains ? this.#schedule.dueIn(need) : Number.POSITIVE_INFINITY;
        if (milliseconds > 0) await this.#pause(milliseconds);
        else await this.#trainOnce();
      }
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    }
  }

  /** Waits for something to happen, at most so long. */
  async #pause(milliseconds: number): Promise<void> {
    const over = new AbortController();
    const either = AbortSignal.any([this.#signal, over.signal]);
    const time = Number.isFinite(milliseconds) ? [this.#options.delay(milliseconds, either)] : [];
    try {
      await Promise.race([this.#notifier.wait(either), ...time]);
    } finally {
      over.abort();
    }
  }

  async #trainOnce(): Promise<void> {
    const { dataDir, duty, train, now } = this.#options;
    const startedAt = now();
    const replaced = new AbortController();
    this.#training = replaced;
    this.#owesEvaluation = false;
    this.#isStored = true;
    const order = {
      dataDir,
      version: this.#lastVersion + 1,
      library: duty.books.library,
      evaluation: this.#lastEvaluation,
      evaluationAttempts: this.#evaluationAttempts,
    };
    this.#tell({ training: { phase: "reading", progress: 0, startedAt } });
    try {
      const either = AbortSignal.any([this.#signal, replaced.signal]);
      await train(order, (message) => this.#take(message, startedAt), either);
      this.#schedule.succeeded();
    } catch (error) {
      if (this.#signal.aborted) throw error;
      if (!replaced.signal.aborted) this.#failed(error);
    } finally {
      this.#training = undefined;
      this.#tell({ training: undefined });
    }
  }

  #take(message: TrainingMessage, startedAt: Date): void {
    const { duty, logger } = this.#options;
    switch (message.kind) {
      case "progress":
        this.#tell({ training: { phase: message.phase, progress: message.progress, startedAt } });
        break;
      case "model":
        this.#takeModel(message.model);
        break;
      case "evaluation":
        this.#lastEvaluation = message.record;
        this.#evaluationAttempts = 0;
        duty.setEvaluation(message.record);
        this.#publish();
        break;
      case "not-stored":
        this.#isStored = false;
        logger.warn({ reason: message.reason }, "the model could not be stored");
        break;
      case "not-evaluated":
        logger.warn({ reason: message.reason }, "the model could not be evaluated");
        this.#tell({ failure: `the evaluation failed: ${message.reason}` });
        break;
    }
  }

  #takeModel(model: TrainedModel): void {
    this.#lastVersion = model.version;
    this.#evaluationAttempts = model.evaluationAttempts;
    this.#schedule.served();
    this.#tell({ failure: "", changesSince: this.#likes.since(model.sequence) });
    this.serve(model);
    this.#publish();
    const { version, trainingSeconds: seconds, data } = model;
    this.#options.logger.info({ version, seconds, ...data }, "serving a new model");
  }

  /** Hands over what is stored; what is not, others train themselves when it is their turn. */
  #publish(): void {
    if (this.#isStored) this.#options.sharing?.publish();
    this.#isStored = true;
  }

  #failed(error: unknown): void {
    const retryMs = this.#schedule.failed();
    this.#options.logger.error({ err: error, retryMs }, "a training failed");
    const reason = error instanceof Error ? error.message : String(error);
    this.#tell({ failure: `the training failed: ${reason}` });
  }

  /** Whatever ends the training for good is no reason to end the server: it serves on. */
  async #logged(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.logger.error({ err: error }, "the model is trained no more");
      this.#tell({ failure: "the model is trained no more: the ratings cannot be read" });
    }
  }
}

/** Whether it was begun to measure a model, and came to no end. */
function owesEvaluation({ evaluation, evaluationAttempts }: TrainedModel): boolean {
  return evaluation === undefined && evaluationAttempts < MOST_EVALUATION_ATTEMPTS;
}

/** Two servers that each held the other for gone may have trained one version each. */
function isSame(model: TrainedModel, served: TrainedModel | undefined): boolean {
  return model.version === served?.version && model.trainedAt.getTime() === served.trainedAt.getTime();
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
