/** What a model learned from. */
export interface TrainingDataSize {
  readonly source: "built-in" | "imported";
  /** How many books it ranks. */
  readonly books: number;
  /** How many readers who like something, sample readers included. */
  readonly readers: number;
  /** How many of the readers are generated. */
  readonly sampleReaders: number;
  readonly likes: number;
}

/** What a training does, in this order; while it evaluates, the new model is served already. */
export type TrainingPhase = "reading" | "counting" | "solving" | "evaluating";

/** A training under way. */
export interface TrainingProgress {
  readonly phase: TrainingPhase;
  /** 0 to 1. */
  readonly progress: number;
  readonly startedAt: Date;
}

/** How a model was brought up to date with what readers like since its data were read. */
export interface ModelUpdate {
  /** For how many books what speaks for them was solved again, each once. */
  readonly books: number;
  /** When that was last. */
  readonly at: Date;
}

/** How good one model is: means over the test readers, of lists of 10 out of all books. */
export interface ModelQuality {
  readonly name: string;
  /** Whether models of this kind are served. */
  readonly served: boolean;
  readonly ndcg: number;
  /** The standard error of ndcg. */
  readonly ndcgError: number;
  readonly recall: number;
  readonly hitRate: number;
  readonly coverage: number;
}

/** How well models foretell likes that were held out. */
export interface ModelEvaluation {
  readonly time: Date;
  readonly testReaders: number;
  /** How the likes were split, for people. */
  readonly method: string;
  /** Best first. */
  readonly models: readonly ModelQuality[];
}

/** The model that ranks the books, and the training of the next. */
export interface ModelState {
  /** Counts the models that have been served, from 1; 0 while none is ready. */
  readonly version: number;
  /** When its training ended and how long it took; undefined while none is ready. */
  readonly trained: { readonly at: Date; readonly seconds: number; readonly data: TrainingDataSize } | undefined;
  /** What was learned since the training; undefined while that is nothing. */
  readonly update: ModelUpdate | undefined;
  /** The training under way; undefined while there is none. */
  readonly training: TrainingProgress | undefined;
  /** The latest evaluation; undefined until there has been one. */
  readonly evaluation: ModelEvaluation | undefined;
  /** Why the latest training or evaluation failed, for people; empty when it did not. */
  readonly failure: string;
  /** How many likes were given or taken back since the data of this model were read. */
  readonly changesSince: number;
}

/** The state of a server that has trained nothing yet. */
export const NO_MODEL: ModelState = {
  version: 0,
  trained: undefined,
  update: undefined,
  training: undefined,
  evaluation: undefined,
  failure: "",
  changesSince: 0,
};

/** Tells the state of the model. */
export interface ModelStates {
  readonly current: ModelState;
  /**
   * Yields the state at once, then whenever it has changed, and as heartbeat while it does not. A slow follower skips to the newest.
   * Never ends by itself; rejects with the signal's reason once that is aborted.
   */
  follow(signal: AbortSignal): AsyncIterable<ModelState>;
}
