import { measureQuality } from "../services/recommendation/domain/evaluation/measure-quality.ts";
import type { TrainingPhase } from "../services/recommendation/domain/model-state.ts";
import { trainServedModel } from "../services/recommendation/domain/training/train-served-model.ts";
import { decodeModel, encodeModel } from "./encode-model.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { EvaluationRecord, TrainedModel } from "./trained-model.ts";
import { type InputSource, readFeedback, readTrainingInput, type TrainingInput } from "./training-input.ts";
import type { TrainingMessage, TrainingOrder } from "./training-messages.ts";

/** What a training works with. */
export interface TrainingTools extends Pick<InputSource, "builtIn" | "createSampleReaders"> {
  /** Hands a message over. The arrays of a model are not used after that. */
  readonly tell: (message: TrainingMessage) => void;
  /** Stores the bytes of a model in the place of those before. */
  readonly store: (bytes: Uint8Array) => void;
  readonly now: () => Date;
  /** Milliseconds since some moment, which go on evenly whatever is done to the clock. */
  readonly uptime: () => number;
}

/** Another evaluation is made when there are more or fewer likes by this share than at the one before. */
const MUCH = 0.1;

/**
 * So many evaluations for the same data are begun without one that comes to its end. A server whose memory they exceed ends with them: without a limit
 * it would again at each start.
 */
export const MOST_EVALUATION_ATTEMPTS = 3;

/** How far a training is when each of its phases starts, by the time that they take with the data of goodbooks-10k. */
const STARTS: Readonly<Record<TrainingPhase, number>> = { reading: 0, counting: 0.1, solving: 0.2, evaluating: 0.5 };
const ENDS: Readonly<Record<TrainingPhase, number>> = { reading: 0.1, counting: 0.2, solving: 0.5, evaluating: 1 };

/**
 * Reads, trains, stores and hands over a model, and then, where the latest evaluation is of much different data, measures it against the
 * others and stores and hands over what that showed. That it begins is stored before.
 * @throws Error when there is no model in the end.
 */
export function trainAndEvaluate(order: TrainingOrder, tools: TrainingTools): void {
  const { tell, now, uptime } = tools;
  const start = uptime();
  const progress = (phase: TrainingPhase, done: number) =>
    tell({ kind: "progress", phase, progress: STARTS[phase] + done * (ENDS[phase] - STARTS[phase]) });

  progress("reading", 0);
  const input = readTrainingInput({ ...tools, ...order });
  const fingerprint = fingerprintOf(tools.builtIn, order.library);
  const served = trainServedModel(input, ({ phase, progress: done }) => progress(phase, done));
  const isMeasured = isStillGood(order.evaluation, { fingerprint, likes: served.likes });
  const mayEvaluate = order.evaluationAttempts < MOST_EVALUATION_ATTEMPTS;
  const model: TrainedModel = {
    version: order.version,
    fingerprint,
    sequence: input.sequence,
    trainedAt: now(),
    trainingSeconds: (uptime() - start) / 1000,
    data: {
      source: order.library === undefined ? "built-in" : "imported",
      books: served.bookIds.length,
      readers: served.readers,
      sampleReaders: input.sampleReaders,
      likes: served.likes,
    },
    evaluation: order.evaluation,
    evaluationAttempts: order.evaluationAttempts + (!isMeasured && mayEvaluate ? 1 : 0),
    model: served,
  };
  const bytes = encodeModel(model);
  storeOrTell(bytes, tools);
  tell({ kind: "model", model });

  if (isMeasured) return;
  if (!mayEvaluate) {
    tell({ kind: "not-evaluated", reason: `${order.evaluationAttempts} evaluations of these data came to no end` });
    return;
  }
  progress("evaluating", 0);
  try {
    const record = evaluate(input, model, {
      dataDir: order.dataDir,
      now,
      onProgress: (done) => progress("evaluating", done),
    });
    // From its bytes, for the arrays of the model have been handed over.
    storeOrTell(encodeModel({ ...decodeModel(bytes), evaluation: record, evaluationAttempts: 0 }), tools);
    tell({ kind: "evaluation", record });
  } catch (error) {
    tell({ kind: "not-evaluated", reason: reasonOf(error) });
  }
}

interface EvaluationTools {
  readonly dataDir: string;
  readonly now: () => Date;
  readonly onProgress: (done: number) => void;
}

function evaluate(
  input: TrainingInput,
  { fingerprint, data }: TrainedModel,
  { dataDir, now, onProgress }: EvaluationTools,
): EvaluationRecord {
  const { readers: likers, sampleReaders: generated } = data;
  const quality = measureQuality(readFeedback(input, dataDir), { likers, generated, onProgress });
  return { evaluation: { ...quality, time: now() }, fingerprint, likes: data.likes };
}

/** A model that cannot be stored is served all the same. */
function storeOrTell(bytes: Uint8Array, { store, tell }: TrainingTools): void {
  try {
    store(bytes);
  } catch (error) {
    tell({ kind: "not-stored", reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isStillGood(
  record: EvaluationRecord | undefined,
  { fingerprint, likes }: Pick<EvaluationRecord, "fingerprint" | "likes">,
): boolean {
  if (record?.fingerprint !== fingerprint) return false;
  return Math.abs(likes - record.likes) <= MUCH * record.likes;
}
