import type { Catalogue } from "./catalogue.ts";
import type { RankingRecommender } from "./ranking-recommender.ts";

/** What recommendations are made from: books and the model that ranks them, always of one moment. */
export interface Served {
  readonly catalogue: Catalogue;
  readonly recommender: RankingRecommender;
  /** The version of the model that ranks the books; 0 while none is ready. */
  readonly modelVersion: number;
}

/** Tells what is served. Whoever answers a call takes it once, so that no answer mixes two. */
export interface Serving {
  readonly current: Served;
}

/** A serving that can be replaced, whole. */
export interface ReplaceableServing extends Serving {
  replace(next: Served): void;
}

/** Serves one thing until another replaces it. */
export function createServing(first: Served): ReplaceableServing {
  let current = first;
  return {
    get current() {
      return current;
    },
    replace(next) {
      current = next;
    },
  };
}
