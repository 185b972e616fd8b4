import { bestBooks } from "./best-books.ts";
import type { Profile } from "./profile.ts";

/** A model that scores every book for a reader. All books are meant by their index in the interactions that it was trained on. */
export interface RankingModel {
  /**
   * Writes the score of every book into `scores`, whatever was in it; higher is better. The books of the profile get a score like
   * all others: what makes a list of the scores leaves them out.
   */
  score(profile: Profile, scores: Float64Array): void;
  /** The best books but those of the profile, best first and ties by lower index; fewer only where there are fewer. */
  best(profile: Profile, count: number): Uint32Array;
}

/** A model that scores all books and chooses the best of them. `size` is how many books there are. */
export function createScoringModel(size: number, score: RankingModel["score"]): RankingModel {
  const scores = new Float64Array(size);
  return {
    score,
    best(profile, count) {
      score(profile, scores);
      return bestBooks(scores, count, profile.books);
    },
  };
}

/** What a score is the sum of. */
export interface Contributions {
  /** What the book gets for being popular. */
  readonly popularity: number;
  /** What each book of the profile adds, in the order of the profile; below 0 where it speaks against. */
  readonly terms: Float64Array;
}

/** A model whose scores are sums over the reader's books. */
export interface ExplainableModel extends RankingModel {
  /**
   * What the score of each of some books, each once, is the sum of: `popularity` and then the `terms`, added in this order, are the score to
   * the last bit.
   */
  contributions(profile: Profile, books: Uint32Array): readonly Contributions[];
}
