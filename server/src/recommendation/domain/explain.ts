import type { Influence, Recommendation } from "./recommender.ts";

const mostInfluences = 5;
const leastShare = 0.05;

/** What one of the reader's own books adds to the score of a recommended book; below 0 where it speaks against it. */
export type Contribution = Omit<Influence, "share">;

/**
 * The reason of a recommendation whose score is the sum of the contributions and of its popularity. What speaks against the book
 * lowers its score but is no part of the reason; neither are shares under 5 %. Where none is left, the summary is `popular`.
 */
export function explain(
  contributions: readonly Contribution[],
  popularity: number,
  popular = "Popular with many readers",
): Recommendation["reason"] {
  const speaking = contributions.filter(({ contribution }) => contribution > 0);
  const whole = speaking.reduce((sum, { contribution }) => sum + contribution, Math.max(0, popularity));
  const influences = speaking
    .map(({ book, stars, contribution }) => ({ book, stars, share: contribution / whole, contribution }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.share - a.share || a.book.id - b.book.id)
    .slice(0, mostInfluences);
  return { summary: influences.length === 0 ? popular : summaryOf(influences), influences, popularity };
}

function summaryOf(influences: readonly Influence[]): string {
  const [first, second] = influences;
  const named = influences.filter((own) => own === first || (own === second && own.share >= (first?.share ?? 0) / 2));
  const verb = named.every(({ stars }) => stars >= 4) ? "liked" : "rated";
  return `Because you ${verb} ${named.map(({ book }) => book.title).join(" and ")}`;
}
