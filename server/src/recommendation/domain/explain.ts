import type { Influence, Recommendation } from "./recommender.ts";

const mostInfluences = 5;
const leastShare = 0.05;

/** What speaks for a recommended book: one of the reader's own, and how much. */
export interface Contribution extends Omit<Influence, "share"> {
  readonly amount: number;
}

/**
 * The reason of a recommendation whose score is the sum of the contributions and of what does not come from the reader's
 * books. What speaks against the book lowers its score but is no part of the reason; neither are shares under 5 %.
 */
export function explain(contributions: readonly Contribution[], popularity: number): Recommendation["reason"] {
  const speaking = contributions.filter(({ amount }) => amount > 0);
  const whole = speaking.reduce((sum, { amount }) => sum + amount, popularity);
  const influences = speaking
    .map(({ book, stars, amount }) => ({ book, stars, share: amount / whole }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.share - a.share || a.book.id - b.book.id)
    .slice(0, mostInfluences);
  return { summary: summaryOf(influences), influences };
}

function summaryOf([first, second]: readonly Influence[]): string {
  if (first === undefined) return "Popular with many readers";
  const named = second !== undefined && second.share >= first.share / 2 ? [first, second] : [first];
  const verb = named.every(({ stars }) => stars >= 4) ? "liked" : "rated";
  return `Because you ${verb} ${named.map(({ book }) => book.title).join(" and ")}`;
}
