import type { Book } from "../services/recommendation/domain/book.ts";
import type { Catalogue } from "../services/recommendation/domain/catalogue.ts";
import type { ModelState, ModelUpdate } from "../services/recommendation/domain/model-state.ts";
import { createRankingRecommender } from "../services/recommendation/domain/ranking-recommender.ts";
import type { Served, Serving } from "../services/recommendation/domain/serving.ts";
import type { ServedModel } from "../services/recommendation/domain/training/training-data.ts";
import type { StateFeed } from "../storage/live/state-feed.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { EvaluationRecord, TrainedModel } from "./trained-model.ts";

/** The books to serve and where they come from. */
export interface ServedBooks {
  readonly catalogue: Catalogue;
  /** The fingerprint of the library; undefined while nothing is imported. */
  readonly library: string | undefined;
}

/** What is served: books, and the model that ranks them. */
export interface ModelOnDuty extends Serving {
  readonly books: ServedBooks;
  /** The fingerprint that a model for these books has. */
  readonly fingerprint: string;
  /** The model that ranks the books; undefined while none is ready. */
  readonly model: TrainedModel | undefined;
  /** Serves other books, by the model there is where it ranks most of them. */
  serveBooks(books: ServedBooks): void;
  /** Serves a model from now on. */
  serveModel(model: TrainedModel): void;
  /** Serves the same model from now on, brought up to date. */
  updateModel(model: ServedModel, update: ModelUpdate): void;
  /** Adds an evaluation to the model that is served. */
  setEvaluation(record: EvaluationRecord): void;
}

/** What it takes to serve. */
export interface ModelOnDutyOptions {
  readonly builtIn: readonly Book[];
  readonly books: ServedBooks;
  readonly states: StateFeed<ModelState>;
  /** Called after something else is served than before. */
  readonly onServed: () => void;
}

/** A model of other books is better than none while it ranks at least this share of the books. */
const MOST = 0.5;
/** To carry more weights over to other books would keep calls waiting for tens of milliseconds. */
const MOST_CARRIED_OVER = 4_000_000;

/** Serves books and models and keeps the state of both told. Books and model change places in one step, so that no call sees half of it. */
export function createModelOnDuty(options: ModelOnDutyOptions): ModelOnDuty {
  const { builtIn, states, onServed } = options;
  let { books } = options;
  let model: TrainedModel | undefined;
  let update: ModelUpdate | undefined;
  let current = servedOf(books, model);
  let fingerprint = fingerprintOf(builtIn, books.library);

  function serve(): void {
    current = servedOf(books, model);
    states.set({
      ...states.current,
      version: model?.version ?? 0,
      trained: model && { at: model.trainedAt, seconds: model.trainingSeconds, data: model.data },
      update,
      evaluation: model?.evaluation?.evaluation ?? states.current.evaluation,
    });
    onServed();
  }

  return {
    get current() {
      return current;
    },
    get books() {
      return books;
    },
    get fingerprint() {
      return fingerprint;
    },
    get model() {
      return model;
    },
    serveBooks(next) {
      books = next;
      fingerprint = fingerprintOf(builtIn, books.library);
      if (model && !canRank(model, next.catalogue)) {
        model = undefined;
        update = undefined;
      }
      serve();
    },
    serveModel(next) {
      model = next;
      update = undefined;
      serve();
    },
    updateModel(updated, by) {
      model = model && { ...model, model: updated };
      update = by;
      serve();
    },
    setEvaluation(record) {
      model = model && { ...model, evaluation: record };
      states.set({ ...states.current, evaluation: record.evaluation });
    },
  };
}

function servedOf({ catalogue }: ServedBooks, model: TrainedModel | undefined): Served {
  const mostlySampleReaders = model !== undefined && 2 * model.data.sampleReaders > model.data.readers;
  const recommender = createRankingRecommender(catalogue, model?.model, { mostlySampleReaders });
  return { catalogue, recommender, modelVersion: model?.version ?? 0 };
}

function canRank({ model: { bookIds, weights } }: TrainedModel, { books }: Catalogue): boolean {
  if (weights.targets.length > MOST_CARRIED_OVER) return false;
  const ranked = new Set(bookIds);
  return books.filter(({ id }) => ranked.has(id)).length >= MOST * books.length;
}
