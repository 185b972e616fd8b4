import type { Profile } from "../model/profile.ts";
import { createRandom } from "../model/random.ts";
import type { ExplainableModel, RankingModel } from "../model/ranking-model.ts";
import { type Estimate, estimate, measureList } from "./metrics.ts";
import type { TestCase } from "./test-case.ts";

/** What a model shows when it is told of few ratings. */
export interface FewRatingsResult {
  /** Of how many likes of each reader it was told. */
  readonly ratings: number;
  /** How many of the readers have so many. */
  readonly readers: number;
  readonly ndcg: Estimate;
  /** The share of the books of the lists for which popularity speaks more than all ratings; undefined where the model does not say. */
  readonly mostlyPopular: number | undefined;
}

/** How to test. */
interface FewRatingsOptions {
  readonly length: number;
  readonly ratings: number;
}

/**
 * Tests a model with the readers who like so many books, of which it is told by chance so many and nothing else of the reader; what it is not told of
 * is left out of the lists all the same. The same readers and the same ratings for each model.
 */
export function measureFewRatings(
  model: RankingModel & Partial<ExplainableModel>,
  cases: readonly TestCase[],
  { length, ratings }: FewRatingsOptions,
): FewRatingsResult {
  const random = createRandom(ratings);
  const told = cases.flatMap(({ profile, heldOut }) => {
    const likes = profile.weights.filter((weight) => weight === 1).length;
    return likes < ratings ? [] : [{ heldOut, profile: forget(profile, likes, ratings, random) }];
  });
  let entries = 0;
  let popular = 0;
  const ndcgs = told.map(({ profile, heldOut }) => {
    const list = model.best(profile, length);
    entries += list.length;
    for (const { popularity, terms } of model.contributions?.(profile, list) ?? [])
      if (popularity > terms.reduce((sum, term) => sum + term, 0)) popular++;
    return measureList(list, heldOut, length).ndcg;
  });
  return {
    ratings,
    readers: told.length,
    ndcg: estimate(Float64Array.from(ndcgs)),
    mostlyPopular: model.contributions && popular / Math.max(1, entries),
  };
}

/** Leaves a weight to so many of the likes, each equally likely. */
function forget({ books, weights }: Profile, likes: number, count: number, random: () => number): Profile {
  let left = likes;
  let wanted = count;
  const kept = weights.map((weight) => {
    if (weight !== 1) return 0;
    if (random() * left-- >= wanted) return 0;
    wanted--;
    return 1;
  });
  return { books, weights: kept };
}
