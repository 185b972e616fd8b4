import { changeWeights, type WeightChange } from "../model/change-weights.ts";
import { type CountsOnDemand, createCountsOnDemand } from "../model/counts-on-demand.ts";
import { type Interactions, indexOfId } from "../model/interactions.ts";
import { createLiveLikes } from "../model/live-likes.ts";
import { LOCAL_RIDGE_DEFAULTS, type LocalRidgeOptions } from "../model/local-ridge.ts";
import { countableLikes, rankLikes } from "../model/ranked-likes.ts";
import { weightsOfReaders } from "../model/reader-weights.ts";
import { createRidgeSolver } from "../model/ridge-solver.ts";
import { byPopularity } from "../model/top-books.ts";
import type { ServedModel } from "./training-data.ts";

/** A like that was given or taken back, by the ids of the reader and the book. */
export interface LikeChange {
  readonly reader: number;
  readonly book: number;
  readonly liked: boolean;
}

/** Brings a model up to date with what readers like since it was trained. */
export interface ModelUpdater {
  /**
   * Takes in a like that was given or taken back: it counts for the popularity of its book at once, and what speaks for each book that the reader likes, or
   * liked before, is to be solved again. Likes of books that the model does not have count for nothing.
   */
  change(change: LikeChange): void;
  /** How many books are to be solved again. */
  readonly pending: number;
  /** Solves the next of them, books whose own likes changed first; nothing where there is none. */
  solveNext(): void;
  /** How many books have been solved again since the training, each once. */
  readonly solved: number;
  /** The model with all that has been solved, of arrays of its own. */
  updated(): ServedModel;
}

/** How to update. */
export interface UpdateOptions extends LocalRidgeOptions {
  /** How many books are solved again at most between two trainings: each takes up to 2.4 kB. Further ones wait for the next training. */
  readonly mostRows?: number;
}

const MOST_ROWS = 20_000;

/** What speaks for a book, by source. */
type Row = ReadonlyMap<number, number>;

/**
 * Makes an updater of a model that was trained with these interactions. Where a row is solved, the weights of local ridge are what a training would give
 * with the likes of that moment, but for what the weights of all readers are scaled with; what tags and authors say stays as it was trained.
 * All other rows stay as they were. How much a like adds to the popularity of a book stays as well.
 */
export function createModelUpdater(
  model: ServedModel,
  interactions: Interactions,
  { mostRows = MOST_ROWS, ...options }: UpdateOptions = LOCAL_RIDGE_DEFAULTS,
): ModelUpdater {
  const ranked = rankLikes(interactions, model.mostLikes);
  const { rankOf, bookAt } = ranked;
  const likes = createLiveLikes(interactions, ranked, model.mostLikes);
  const trained = createCountsOnDemand(countableLikes(ranked, weightsOfReaders(interactions)), ranked);
  const live = createCountsOnDemand(likes.counted, ranked);
  const solveTrained = createRowSolver(trained, options);
  const solveLive = createRowSolver(live, options);
  /** What a row differs by from the trained one. */
  const changes = new Map<number, WeightChange>();
  const pending = { first: new Set<number>(), later: new Set<number>() };
  const mayBeSolved = (book: number) => changes.size < mostRows || changes.has(book);
  const popularity = model.popularity.slice();
  const bookLikes = model.bookLikes.slice();

  return {
    change({ reader, book, liked }) {
      const index = indexOfId(model.bookIds, book);
      if (index < 0) return;
      const changed = likes.change(reader, rankOf[index] ?? 0, liked);
      if (changed.length === 0) return;
      const step = liked ? 1 : -1;
      bookLikes[index] = (bookLikes[index] ?? 0) + step;
      popularity[index] = (popularity[index] ?? 0) + (step * options.popularityWeight) / Math.max(1, model.readers);
      for (const rank of changed) live.forget(rank);
      pending.first.add(index);
      for (const rank of changed) if (!pending.first.has(bookAt[rank] ?? 0)) pending.later.add(bookAt[rank] ?? 0);
      pending.later.delete(index);
    },
    get pending() {
      return pending.first.size + pending.later.size;
    },
    solveNext() {
      const [book] = pending.first.size > 0 ? pending.first : pending.later;
      if (book === undefined) return;
      pending.first.delete(book);
      pending.later.delete(book);
      if (mayBeSolved(book)) changes.set(book, differenceOf(book, solveTrained(book), solveLive(book)));
    },
    get solved() {
      return changes.size;
    },
    updated() {
      const ascending = [...changes.values()].sort((a, b) => a.target - b.target);
      return {
        ...model,
        bookIds: model.bookIds.slice(),
        weights: changeWeights(model.weights, ascending),
        popularity: popularity.slice(),
        bookLikes: bookLikes.slice(),
        order: byPopularity(popularity),
      };
    },
  };
}

/** Solves a book, and rounds and leaves out weights as a training does. */
function createRowSolver(counts: CountsOnDemand, options: LocalRidgeOptions): (book: number) => Row {
  const solve = createRidgeSolver(counts, options);
  return (book) => {
    const { books, weights } = solve(book);
    const row = new Map<number, number>();
    books.forEach((source, place) => {
      const weight = weights[place] ?? 0;
      if (Number.isFinite(weight) && Math.abs(weight) >= options.leastWeight) row.set(source, Math.fround(weight));
    });
    return row;
  };
}

function differenceOf(target: number, before: Row, now: Row): WeightChange {
  const sources = Uint32Array.from(new Set([...before.keys(), ...now.keys()]));
  const added = Float64Array.from(sources, (source) => (now.get(source) ?? 0) - (before.get(source) ?? 0));
  return { target, sources, added };
}
