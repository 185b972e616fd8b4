import type { ModelEvaluation, TrainingDataSize } from "../services/recommendation/domain/model-state.ts";
import type { ServedModel } from "../services/recommendation/domain/training/training-data.ts";

/** A trained model with all that is told of it: what the threads hand over, and what is stored. */
export interface TrainedModel {
  /** Counts the models of a data folder, from 1. */
  readonly version: number;
  /** What it was trained for: see `fingerprintOf`. */
  readonly fingerprint: string;
  /** The last change of a rating, by its number in the log, that its data include. */
  readonly sequence: number;
  readonly trainedAt: Date;
  readonly trainingSeconds: number;
  readonly data: TrainingDataSize;
  /** The latest evaluation, of this model's data or of data not much different; undefined until there has been one. */
  readonly evaluation: EvaluationRecord | undefined;
  /** How many evaluations of models for the same data were begun since one last came to its end. */
  readonly evaluationAttempts: number;
  readonly model: ServedModel;
}

/** An evaluation and what it was made with. */
export interface EvaluationRecord {
  readonly evaluation: ModelEvaluation;
  readonly fingerprint: string;
  /** How many likes there were. */
  readonly likes: number;
}
