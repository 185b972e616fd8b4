import type { ItemWeights } from "./item-weights.ts";
import type { Profile } from "./profile.ts";
import type { ExplainableModel } from "./ranking-model.ts";
import { scoreAll } from "./score-all.ts";
import type { SumModelData } from "./sum-model-data.ts";
import { byPopularity, type Choice, createTopBooks, type TopBooks } from "./top-books.ts";

/** A model with the data that it is made of. */
export interface SumModel extends ExplainableModel, SumModelData {
  readonly order: Uint32Array;
  /** The best of the books that may be chosen, with the scores that `score` gives them, without scoring all. */
  choose(profile: Profile, count: number, choice: Choice): TopBooks;
}

/**
 * A model that adds up what the reader's books say for each book. What popularity adds fades with the root of the weight of what is
 * liked in the profile: it helps readers of few books, and gets out of the way of those with many. For a weight below three it is less, so that the first
 * of a list is mostly of the reader's taste: half of it for one like.
 */
export function createSumModel({ weights, popularity, order = byPopularity(popularity) }: SumModelData): SumModel {
  const topBooks = createTopBooks({ weights, popularity }, order);
  const choose: SumModel["choose"] = (profile, count, choice) =>
    topBooks(profile, fadeOf(profile.weights), count, choice);
  return {
    weights,
    popularity,
    order,
    choose,
    best(profile, count) {
      const known = new Set(profile.books);
      return choose(profile, count, { allows: (book) => !known.has(book) }).books;
    },
    score: (profile, scores) => scoreAll(scores, { weights, popularity }, profile, fadeOf(profile.weights)),
    contributions(profile, books) {
      const fade = fadeOf(profile.weights);
      const size = profile.books.length;
      const terms = termsOf(profile, books, weights);
      return Array.from(books, (book, place) => ({
        popularity: (popularity[book] ?? 0) * fade,
        terms: terms.subarray(place * size, (place + 1) * size),
      }));
    },
  };
}

/** What each book of the profile adds for each of the books: one row a book. */
function termsOf({ books: own, weights: factors }: Profile, books: Uint32Array, said: ItemWeights): Float64Array {
  const terms = new Float64Array(books.length * own.length);
  // Where the row of each book starts, and one more, for 0 is what a book has that is not asked for.
  const rows = new Uint32Array(said.starts.length);
  for (let place = 0; place < books.length; place++) rows[books[place] ?? 0] = place * own.length + 1;
  for (let index = 0; index < own.length; index++) {
    const weight = factors[index] ?? 0;
    if (weight !== 0) fillColumn(terms.subarray(index), rows, said, own[index] ?? 0, weight);
  }
  return terms;
}

// The indices of this loop are inside the arrays by construction: cast, not checked. All that it reads is in variables of its own, for what
// a closure holds takes several times as long.

function fillColumn(terms: Float64Array, rows: Uint32Array, said: ItemWeights, source: number, weight: number): void {
  const { starts, targets, weights } = said;
  const end = starts[source + 1] as number;
  for (let entry = starts[source] as number; entry < end; entry++) {
    const row = rows[targets[entry] as number] as number;
    if (row > 0) terms[row - 1] = weight * (weights[entry] as number);
  }
}

function fadeOf(weights: Float64Array): number {
  let sum = 0;
  for (const weight of weights) sum += Math.max(0, weight);
  if (sum === 0) return 1;
  const known = Math.max(1, sum);
  return Math.min(1, (1 + known) / 4) / Math.sqrt(known);
}
