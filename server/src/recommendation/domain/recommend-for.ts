import type { Catalogue } from "./catalogue.ts";
import type { RatingStore } from "./rating-store.ts";
import type { Recommendation, Recommender } from "./recommender.ts";

/** What recommending takes. */
export interface RecommendationSources {
  readonly catalogue: Catalogue;
  readonly ratings: RatingStore;
  readonly recommender: Recommender;
}

/** For whom to recommend what. */
export interface RecommendationOrder {
  readonly userId: number;
  /** The id of a category; empty means all. */
  readonly category: string;
  /** How many books at most. */
  readonly limit: number;
}

/** What the reader may like, by the ratings stored at this moment. NotFound for an unknown category. */
export async function recommendFor(
  { catalogue, ratings, recommender }: RecommendationSources,
  { userId, category, limit }: RecommendationOrder,
): Promise<readonly Recommendation[]> {
  if (category !== "") catalogue.requireCategory(category);
  return recommender.recommend({ ratings: await ratings.ofReader(userId), category, limit });
}
