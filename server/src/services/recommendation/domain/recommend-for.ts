import type { RatingStore } from "./rating-store.ts";
import type { RankedList } from "./recommender.ts";
import type { Served, Serving } from "./serving.ts";

/** What recommending takes. */
export interface RecommendationSources {
  readonly ratings: RatingStore;
  readonly serving: Serving;
}

/** For whom to recommend what. */
export interface RecommendationOrder {
  readonly userId: number;
  /** The id of a category; empty means all. */
  readonly category: string;
  /** How many books at most. */
  readonly limit: number;
  /** Whether the list should be diverse: see `diversify`. */
  readonly diverse?: boolean;
}

/** A list with what it was made from. */
export interface ServedList extends RankedList {
  readonly served: Served;
}

/** What the reader may like, by the ratings stored and the model served at this moment. NotFound for an unknown category. */
export async function recommendFor(
  { ratings, serving }: RecommendationSources,
  { userId, category, limit, diverse = false }: RecommendationOrder,
): Promise<ServedList> {
  const known = await ratings.ofReader(userId);
  const served = serving.current;
  if (category !== "") served.catalogue.requireCategory(category);
  return { ...served.recommender.recommend({ ratings: known, category, limit, diverse }), served };
}
