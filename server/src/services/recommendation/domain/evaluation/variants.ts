import { chooseDiverse } from "../diversify.ts";
import type { RankingModel } from "../model/ranking-model.ts";
import type { Shelf } from "./test-case.ts";

/** The same model, which makes nothing of what a reader dislikes but to leave it out. */
export function createDeafModel({ best, score }: RankingModel): RankingModel {
  return {
    score,
    best: (profile, count) => best({ ...profile, weights: profile.weights.map((w) => Math.max(0, w)) }, count),
  };
}

/** The same model with diverse lists: see `diversify`. All books of the profile count as rated. */
export function createDiverseModel({ best, score }: RankingModel, { authorOf, seriesOf }: Shelf): RankingModel {
  return {
    score,
    best(profile, limit) {
      const known = new Set(profile.books);
      const isRated = (book: number) => known.has(book);
      const options = { limit, authorOf, seriesOf, isRated, allows: (book: number) => !isRated(book) };
      return chooseDiverse((count) => best(profile, count), options);
    },
  };
}
