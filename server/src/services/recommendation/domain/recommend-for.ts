import { inSpan } from "../../../domain/span.ts";
import { type ListFilter, NO_FILTER } from "./list-filter.ts";
import { type ComparedRanking, type RankingComparisonStore, rankingOf } from "./ranking-comparison.ts";
import type { RatingStore } from "./rating-store.ts";
import type { RankedList } from "./recommender.ts";
import type { Served, Serving } from "./serving.ts";

/** What recommending takes. */
export interface RecommendationSources {
  readonly ratings: RatingStore;
  readonly serving: Serving;
  /** What lists are noted in that are shown to people; none are compared where it is left out. */
  readonly comparison?: Pick<RankingComparisonStore, "shown"> | undefined;
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
  /** Whether the list is shown to a person, and takes part in the comparison of rankings where it is diverse. */
  readonly compare?: boolean;
}

/** A list with what it was made from. */
export interface ServedList extends RankedList {
  readonly served: Served;
  /** The ranking under comparison that it was made by; undefined where it takes no part. */
  readonly compared: ComparedRanking | undefined;
}

/** What the reader may like, by the ratings stored and the model served at this moment. NotFound for an unknown category. */
export async function recommendFor(
  { ratings, serving, comparison }: RecommendationSources,
  { userId, category, limit, diverse = false, filter = NO_FILTER, compare = false }: RecommendationOrder,
): Promise<ServedList> {
  const known = await ratings.ofReader(userId);
  const served = serving.current;
  const named = category === "" ? filter.categories : [category, ...filter.categories];
  for (const one of named) served.catalogue.requireCategory(one);
  const compared = compare && diverse && comparison !== undefined ? rankingOf(userId) : undefined;
  const mostByAuthor = compared?.mostByAuthor;
  const order = { ratings: known, category, limit, diverse, mostByAuthor, filter };
  const list = inSpan("rank books", () => served.recommender.recommend(order));
  return { ...list, served, compared };
}

/** Notes that a list is sent to a reader, where it takes part in the comparison. */
export function noteShown(
  { comparison }: Pick<RecommendationSources, "comparison">,
  userId: number,
  { compared, recommendations }: Pick<ServedList, "compared" | "recommendations">,
): void {
  if (compared === undefined || recommendations.length === 0) return;
  comparison?.shown(
    userId,
    compared,
    recommendations.map(({ book }) => book.id),
  );
}
