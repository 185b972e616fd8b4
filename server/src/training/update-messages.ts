import type { ServedModel } from "../services/recommendation/domain/training/training-data.ts";

/** Which model to keep up to date. */
export interface UpdateOrder {
  /** The folder that holds the model and the likes. */
  readonly dataDir: string;
  /** The version of the model, which is the one that is stored. */
  readonly version: number;
  /** The fingerprint of the library that it was trained on; undefined where nothing is imported. */
  readonly library: string | undefined;
}

/** A model brought up to date. */
export interface UpdateMessage {
  readonly model: ServedModel;
  /** How many of its books have been solved again since it was trained, each once. */
  readonly solved: number;
}
