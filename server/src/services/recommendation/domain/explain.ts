import type { Contributions } from "./model/ranking-model.ts";
import type { Influence, OwnBook, Recommendation } from "./recommender.ts";

const mostInfluences = 5;
const leastShare = 0.05;
/** A book that the reader gave fewer is disliked. */
const LEAST_STARS = 3;

/** How to speak of the popularity of a book. */
export interface Popularity {
  /** By whom it is liked, as a sentence. */
  readonly popular: string;
  /** Whether enough like it for that to be a reason. */
  readonly known: boolean;
}

/**
 * The reason of a recommendation, from what its score is the sum of; `own` are the reader's books in the order of the terms. What speaks
 * against the book lowers its score but is no part of the reason; neither are shares under 5 %, nor books that the reader dislikes. The summary says "because" only of what speaks for
 * the book more than its popularity does; where that leads it says `popular` first, and that alone where no share is left. Of a book that is not
 * `known` to many it says only the latter: that few like it is no reason to read it.
 */
export function explain(
  { popularity, terms }: Contributions,
  own: readonly OwnBook[],
  { popular, known }: Popularity,
): Recommendation["reason"] {
  // A list asks this of hundreds of terms, nearly all of which are too small to tell: plain loops take a third of the time.
  let whole = Math.max(0, popularity);
  for (let index = 0; index < terms.length; index++) whole += Math.max(0, terms[index] ?? 0);
  const influences: Influence[] = [];
  for (let index = 0; index < terms.length; index++) {
    const contribution = terms[index] ?? 0;
    const about = contribution > 0 && contribution / whole >= leastShare ? own[index] : undefined;
    // That the reader dislikes a book is no reason, whatever it adds.
    if (about === undefined || about.stars < LEAST_STARS) continue;
    influences.push({ book: about.book, stars: about.stars, share: contribution / whole, contribution });
  }
  influences.sort((a, b) => b.contribution - a.contribution || a.book.id - b.book.id).splice(mostInfluences);
  const popularShare = whole > 0 ? Math.max(0, popularity) / whole : 0;
  return { summary: summaryOf(influences, { popular, known }, popularShare), influences, popularity };
}

/** Says what leads; where popularity does and yet a book of the reader's speaks for it, says both. */
function summaryOf(
  [first, second]: readonly Influence[],
  { popular, known }: Popularity,
  popularShare: number,
): string {
  if (first === undefined) return popular;
  const named = second !== undefined && second.share >= first.share / 2 ? [first, second] : [first];
  const verb = named.every(({ stars }) => stars >= 4) ? "liked" : "rated";
  const own = `${verb} ${named.map(({ book }) => book.title).join(" and ")}`;
  if (first.share >= popularShare) return `Because you ${own}`;
  return known ? `${popular}, and you ${own}` : `You ${own}`;
}
