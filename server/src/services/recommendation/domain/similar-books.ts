import type { Book } from "./book.ts";
import { bestBooks } from "./model/best-books.ts";
import type { ItemWeights } from "./model/item-weights.ts";

/** A book that is like another one, and why. */
export interface SimilarBook {
  readonly book: Book;
  /** What liking the other one adds to the score of this one, above 0; or 0 where the model says nothing of the two. */
  readonly weight: number;
  readonly reason: {
    /** One sentence for people. */
    readonly summary: string;
    /** Whether they have the same main author. */
    readonly sameAuthor: boolean;
    /** The categories that both have, in the order of this book. */
    readonly sharedCategories: readonly string[];
  };
}

/** What similar books are found by; all books are meant by their index. */
export interface SimilarityOptions {
  readonly books: readonly Book[];
  /** The main author of a book; undefined where it has none, who is then nobody else's. */
  authorOf(book: number): string | undefined;
  /** The books of each main author. */
  readonly byAuthor: ReadonlyMap<string, readonly number[]>;
  /** The books of each category, by its id. */
  readonly categories: ReadonlyMap<string, ReadonlySet<number>>;
  readonly weights: ItemWeights;
  /** By whom a book is liked, as in `readers`; undefined where too few like it for that to be said. */
  likedBy(book: number): string | undefined;
}

/** So small that popularity only decides between books that share as much. */
const POPULARITY = 0.000_1;

/**
 * The books most like one: those for which liking it speaks, by weight, and after them those that share its main author (1) or some of its
 * categories (the share of both books' that are in common), by the sum of these, then by popularity; ties by index; none that liking it speaks against. Each has what its weight is
 * and what they share.
 */
export function findSimilar(options: SimilarityOptions, index: number, limit: number): SimilarBook[] {
  const { books } = options;
  const own = books[index];
  if (own === undefined) return [];
  const byWeight = weighed(options.weights, index).slice(0, limit);
  const known = Uint32Array.from([
    index,
    ...byWeight.map(({ book }) => book),
    ...spokenAgainst(options.weights, index),
  ]);
  const missing = limit - byWeight.length;
  const others = missing > 0 ? sharing(options, index, missing, known) : [];
  return [...byWeight, ...others.map((book) => ({ book, weight: 0 }))].flatMap(({ book, weight }) => {
    const found = books[book];
    return found === undefined ? [] : [{ book: found, weight, reason: reasonOf(options, index, book, weight) }];
  });
}

/** The books that liking one speaks for, the greatest weight first. */
function weighed({ starts, targets, weights }: ItemWeights, index: number) {
  const found: { readonly book: number; readonly weight: number }[] = [];
  for (let entry = starts[index] ?? 0; entry < (starts[index + 1] ?? 0); entry++) {
    const weight = weights[entry] ?? 0;
    if (weight > 0) found.push({ book: targets[entry] ?? 0, weight });
  }
  return found.sort((a, b) => b.weight - a.weight || a.book - b.book);
}

/** The books that liking one speaks against. */
function spokenAgainst({ starts, targets, weights }: ItemWeights, index: number): Uint32Array {
  const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? 0];
  return targets.slice(start, end).filter((_, place) => (weights[start + place] ?? 0) < 0);
}

/** Only books that share something are looked at. */
function sharing(options: SimilarityOptions, index: number, count: number, known: Uint32Array): number[] {
  const { books, authorOf, categories, byAuthor } = options;
  const own = new Set(books[index]?.categories);
  const shelves = Array.from(own, (category) => categories.get(category) ?? []);
  const author = authorOf(index);
  const sameAuthor = new Set(author === undefined ? [] : byAuthor.get(author));
  const shared = new Uint32Array(books.length);
  for (const shelf of shelves) for (const other of shelf) shared[other] = (shared[other] ?? 0) + 1;
  const scores = new Float64Array(books.length);
  for (const some of [sameAuthor, ...shelves]) {
    for (const other of some) {
      const { categories: { length } = [], popularity = 0 } = books[other] ?? {};
      const both = shared[other] ?? 0;
      const share = both / Math.max(1, own.size + length - both);
      scores[other] = (sameAuthor.has(other) ? 1 : 0) + share + POPULARITY * popularity;
    }
  }
  return Array.from(bestBooks(scores, count, known)).filter((book) => (scores[book] ?? 0) > 0);
}

function reasonOf(
  { books, authorOf, likedBy }: SimilarityOptions,
  index: number,
  other: number,
  weight: number,
): SimilarBook["reason"] {
  const { title = "", categories: own = [] } = books[index] ?? {};
  const author = authorOf(index);
  const sameAuthor = author !== undefined && author === authorOf(other);
  const sharedCategories = (books[other]?.categories ?? []).filter((category) => own.includes(category));
  const readers = weight > 0 && likedBy(index) !== undefined ? likedBy(other) : undefined;
  const taste = readers === undefined ? [] : [`liked by ${readers} who like ${title}`];
  const summary = [...taste, ...(sameAuthor ? ["by the same author"] : []), ...kindOf(sharedCategories, sameAuthor)];
  return { summary: sentence(summary, title), sameAuthor, sharedCategories };
}

/** That books are of one kind goes without saying where they are by one author. */
function kindOf(sharedCategories: readonly string[], sameAuthor: boolean): string[] {
  return sharedCategories.length > 0 && !sameAuthor ? ["of the same kind"] : [];
}

function sentence(parts: readonly string[], title: string): string {
  const text = parts.join(", and ") || `close to ${title} by what few readers have said so far`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
