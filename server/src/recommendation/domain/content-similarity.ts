import type { Book } from "./book.ts";

// What a category says about a book by its place among the book's categories.
const placeWeights = [1, 0.6, 0.4];
const sameAuthorBonus = 0.5;
const eraShare = 0.2;
const eraYears = 40;

/** How alike two books are by what is known about them, from 0 to 1.5. Symmetric; books are numbers from 0. */
export type ContentSimilarity = (a: number, b: number) => number;

interface Features {
  readonly categories: readonly { readonly id: string; readonly weight: number }[];
  readonly authors: readonly string[];
  readonly year: number;
}

/**
 * Compares books by categories (a rare one says more than a common one), by when they were written, and by author. Only
 * + − × ÷ and √ are used, which give the same result on every machine.
 */
export function createContentSimilarity(books: readonly Book[]): ContentSimilarity {
  const counts = new Map<string, number>();
  for (const id of books.flatMap(({ categories }) => categories)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const features = books.map((book) => featuresOf(book, (id) => Math.sqrt(books.length / (counts.get(id) ?? 1))));

  return (a, b) => {
    const [left, right] = [features[a], features[b]];
    if (left === undefined || right === undefined) return 0;
    const author = left.authors.some((name) => right.authors.includes(name)) ? sameAuthorBonus : 0;
    return categoryCosine(left, right) * (1 - eraShare + eraShare * eraCloseness(left.year, right.year)) + author;
  };
}

function featuresOf({ categories, authors, year }: Book, rarity: (id: string) => number): Features {
  const weighted = categories.map((id, place) => ({ id, weight: (placeWeights[place] ?? 0.2) * rarity(id) }));
  const length = Math.sqrt(weighted.reduce((sum, { weight }) => sum + weight * weight, 0));
  return { categories: weighted.map(({ id, weight }) => ({ id, weight: weight / length })), authors, year };
}

function categoryCosine(left: Features, right: Features): number {
  let sum = 0;
  for (const { id, weight } of left.categories) {
    for (const other of right.categories) {
      if (other.id === id) sum += weight * other.weight;
    }
  }
  return sum;
}

function eraCloseness(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return 1 / (1 + Math.abs(a - b) / eraYears);
}
