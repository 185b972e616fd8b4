import { type ListFilter, NO_FILTER } from "./list-filter.ts";
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
  /** What else the books have to be; `category` counts among its categories. */
  readonly filter?: ListFilter;
}

/** A list with what it was made from. */
export interface ServedList extends RankedList {
  readonly served: Served;
}

/** What the reader may like, by the ratings stored and the model served at this moment. NotFound for an unknown category. */
export async function recommendFor(
  { ratings, serving }: RecommendationSources,
  { userId, category, limit, diverse = false, filter = NO_FILTER }: RecommendationOrder,
): Promise<ServedList> {
  const known = await ratings.ofReader(userId);
  const served = serving.current;
  const named = category === "" ? filter.categories : [category, ...filter.categories];
  for (const one of named) served.catalogue.requireCategory(one);
  return { ...served.recommender.recommend({ ratings: known, category, limit, diverse, filter }), served };
}
