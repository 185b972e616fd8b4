import type { Catalogue } from "./catalogue.ts";
import type { RankingRecommender } from "./ranking-recommender.ts";

/** What recommendations are made from: books and the model that ranks them, always of one moment. */
export interface Served {
  readonly catalogue: Catalogue;
  readonly recommender: RankingRecommender;
  /** The version of the model that ranks the books; 0 while none is ready. */
  readonly modelVersion: number;
}

/** Returns what is served, an object of its own for each change. A handler takes it once, so that no answer mixes two. */
export interface Serving {
  readonly current: Served;
}
