import type { TrainingPhase } from "../services/recommendation/domain/model-state.ts";
import type { EvaluationRecord, TrainedModel } from "./trained-model.ts";

/** What a training is to make. */
export interface TrainingOrder {
  /** The folder that the likes are read from and the model is stored in. */
  readonly dataDir: string;
  /** The version of the model to make. */
  readonly version: number;
  /** The fingerprint of the library to train on; undefined where nothing is imported. */
  readonly library: string | undefined;
  /** The latest evaluation there has been: it is made again only where the data have changed much. */
  readonly evaluation: EvaluationRecord | undefined;
  /** How many evaluations for the same data were begun since one last came to its end: after three there are no more. */
  readonly evaluationAttempts: number;
}

/** What the thread of a training tells, in this order; the end of the thread is the end of the training. */
export type TrainingMessage =
  /** How far it is, 0 to 1 over all phases. */
  | { readonly kind: "progress"; readonly phase: TrainingPhase; readonly progress: number }
  /** The model, which is stored already unless told otherwise before. */
  | { readonly kind: "model"; readonly model: TrainedModel }
  /** The model could not be stored, or not with its evaluation; it can be served all the same. */
  | { readonly kind: "not-stored"; readonly reason: string }
  | { readonly kind: "evaluation"; readonly record: EvaluationRecord }
  /** The evaluation failed, or was not tried any more; the model is good. */
  | { readonly kind: "not-evaluated"; readonly reason: string };
