import type { BookTraits } from "./training-data.ts";

/** How alike books are by their tags and authors. Books are meant by their index. */
export interface TraitSimilarity {
  /** Writes how like one book every book is into `into`, whatever was in it: 0 to 1.5, symmetric, and 0 for the book itself. */
  row(book: number, into: Float64Array): void;
}

/** What an author in common adds, where the same tags in the same proportions make 1. */
const AUTHOR_BONUS = 0.5;

/** What the tags say of a book: a vector of length 1, by the number of each tag. */
interface TagVector {
  readonly tags: Uint32Array;
  readonly parts: Float64Array;
}

/** Who has a tag and what part of the vector it is of each. */
interface Posting {
  readonly books: number[];
  readonly parts: number[];
}

/**
 * Compares books by the cosine of their tags, of which a rare one says more than a common one, and by whether they have an author in common.
 * Uses only + − × ÷ and √, in an order that does not depend on that of the tags.
 */
export function createTraitSimilarity(books: readonly BookTraits[]): TraitSimilarity {
  const vectors = tagVectors(books);
  const postings = postingsOf(vectors);
  const byAuthor = booksByAuthor(books);
  return {
    row(book, into) {
      into.fill(0);
      vectors[book]?.tags.forEach((tag, index) => {
        const posting = postings[tag];
        if (posting !== undefined) addPosting(into, posting, vectors[book]?.parts[index] ?? 0);
      });
      const mates = new Set(books[book]?.authors.flatMap((author) => byAuthor.get(author) ?? []));
      for (const mate of mates) into[mate] = (into[mate] ?? 0) + AUTHOR_BONUS;
      into[book] = 0;
    },
  };
}

function tagVectors(books: readonly BookTraits[]): readonly TagVector[] {
  const counts = new Map<string, number>();
  const tagsOf = books.map(({ tags }) => mergeTags(tags));
  for (const [tag] of tagsOf.flat()) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  // A tag that only one book has makes it like no other, and would make it less like all.
  const shared = [...counts].filter(([, count]) => count > 1).map(([tag]) => tag);
  const numbers = new Map(shared.map((tag, number) => [tag, number]));
  return tagsOf.map((tags) => {
    const weighted = tags.flatMap(([tag, weight]) => {
      const number = numbers.get(tag);
      const rarity = Math.sqrt(Math.sqrt(books.length / (counts.get(tag) ?? 1)));
      return number === undefined ? [] : [{ number, value: Math.sqrt(weight) * rarity }];
    });
    const length = Math.sqrt(weighted.reduce((sum, { value }) => sum + value * value, 0));
    return {
      tags: Uint32Array.from(weighted, ({ number }) => number),
      parts: Float64Array.from(weighted, ({ value }) => value / length),
    };
  });
}

/** Each tag once and with a weight, by name. */
function mergeTags(tags: BookTraits["tags"]): readonly (readonly [tag: string, weight: number])[] {
  const sorted = tags.filter(([, weight]) => weight > 0).sort(([a, x], [b, y]) => (a === b ? x - y : a < b ? -1 : 1));
  const merged = new Map<string, number>();
  for (const [tag, weight] of sorted) merged.set(tag, (merged.get(tag) ?? 0) + weight);
  return [...merged];
}

function postingsOf(vectors: readonly TagVector[]): readonly Posting[] {
  const postings: Posting[] = [];
  vectors.forEach(({ tags, parts }, book) => {
    tags.forEach((tag, index) => {
      const posting = postings[tag] ?? { books: [], parts: [] };
      postings[tag] = posting;
      posting.books.push(book);
      posting.parts.push(parts[index] ?? 0);
    });
  });
  return postings;
}

function booksByAuthor(books: readonly BookTraits[]): ReadonlyMap<string, readonly number[]> {
  const byAuthor = new Map<string, number[]>();
  books.forEach(({ authors }, book) => {
    for (const author of authors) byAuthor.set(author, [...(byAuthor.get(author) ?? []), book]);
  });
  return byAuthor;
}

/** The indices are those of the posting: cast, not checked, for this is nearly all of the time. */
function addPosting(into: Float64Array, { books, parts }: Posting, factor: number): void {
  for (let index = 0; index < books.length; index++) {
    const book = books[index] as number;
    into[book] = (into[book] as number) + factor * (parts[index] as number);
  }
}
