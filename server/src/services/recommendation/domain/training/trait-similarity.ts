import { nameKey } from "../series.ts";
import type { BookTraits } from "./training-data.ts";

/** How alike books are by their tags and authors. Books are meant by their index. */
export interface TraitSimilarity {
  /**
   * How like one book others are, 0 to 1.5 and symmetric where the bounds below are not reached: by the index of each, and which these are, in no order;
   * all others are not like it. Overwritten by the next call.
   */
  row(book: number): AlikeBooks;
}

/** How like one book others are. */
export interface AlikeBooks {
  readonly books: Uint32Array;
  readonly likeness: Float64Array;
}

/**
 * Of the tags of a book the rarest count, as long as not more than so many books have them, each tag counted by itself: so the time for all books is in proportion to
 * how many there are. No two tags of goodbooks-10k come near.
 */
const MOST_WITH_TAGS = 1 << 20;
/** Who has written more is no author but a word such as Anonymous. */
const MOST_BY_AUTHOR = 10_000;

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
 * Compares books by the cosine of their tags, of which a rare one says more than a common one, and by whether they have an author in common, however the
 * name is spelled.
 * Uses only + − × ÷ and √, in an order that does not depend on that of the tags.
 */
export function createTraitSimilarity(books: readonly BookTraits[]): TraitSimilarity {
  const vectors = tagVectors(books);
  const postings = postingsOf(vectors);
  const byAuthor = booksByAuthor(books);
  const sums = createSums(books.length);
  return {
    row(book) {
      sums.clear();
      const vector = vectors[book];
      const counts = telling(vector, postings);
      vector?.tags.forEach((tag, index) => {
        const posting = postings[tag];
        if (posting !== undefined && counts.has(tag)) sums.addPosting(posting, vector.parts[index] ?? 0);
      });
      const mates = new Set(books[book]?.authors.flatMap((author) => byAuthor.get(keyOf(author)) ?? []));
      for (const mate of mates) sums.add(mate, AUTHOR_BONUS);
      return sums.without(book);
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
    for (const author of authors) {
      const own = byAuthor.get(keyOf(author)) ?? [];
      byAuthor.set(keyOf(author), own);
      own.push(book);
    }
  });
  for (const [author, own] of byAuthor) if (own.length > MOST_BY_AUTHOR) byAuthor.delete(author);
  return byAuthor;
}

/** Of a name that has no letters the name itself. */
function keyOf(author: string): string {
  return nameKey(author) || author;
}

/** The tags of a book that count. */
function telling(vector: TagVector | undefined, postings: readonly Posting[]): ReadonlySet<number> {
  const sizeOf = (tag: number) => postings[tag]?.books.length ?? 0;
  const tags = Array.from(vector?.tags ?? []);
  const counts = new Set<number>();
  let sum = 0;
  for (const tag of tags.sort((a, b) => sizeOf(a) - sizeOf(b) || a - b)) {
    sum += sizeOf(tag);
    if (sum > MOST_WITH_TAGS) break;
    counts.add(tag);
  }
  return counts;
}

/** Sums by book, of which only those that are not 0 take time. */
function createSums(size: number) {
  const likeness = new Float64Array(size);
  const isTouched = new Uint8Array(size);
  const touched = new Uint32Array(size);
  let length = 0;

  function touch(book: number): void {
    if (isTouched[book] !== 0) return;
    isTouched[book] = 1;
    touched[length++] = book;
  }
  return {
    clear() {
      for (let place = 0; place < length; place++) likeness[touched[place] ?? 0] = isTouched[touched[place] ?? 0] = 0;
      length = 0;
    },
    add(book: number, amount: number) {
      touch(book);
      likeness[book] = (likeness[book] ?? 0) + amount;
    },
    /** The indices are those of the posting: cast, not checked, for this is nearly all of the time. */
    addPosting({ books, parts }: Posting, factor: number) {
      for (let index = 0; index < books.length; index++) {
        const book = books[index] as number;
        if (isTouched[book] === 0) touch(book);
        likeness[book] = (likeness[book] as number) + factor * (parts[index] as number);
      }
    },
    without(book: number): AlikeBooks {
      likeness[book] = 0;
      return { books: touched.subarray(0, length), likeness };
    },
  };
}

/** The books most like one, the most alike first and ties by lower index; of those that are alike at all and that are accepted. */
export function mostAlike(
  { books, likeness }: AlikeBooks,
  count: number,
  accepts: (book: number) => boolean = () => true,
): readonly number[] {
  const best: number[] = [];
  const comesBefore = (a: number, b: number) => {
    const difference = (likeness[a] ?? 0) - (likeness[b] ?? 0);
    return difference > 0 || (difference === 0 && a < b);
  };
  for (const book of books) {
    const last = best.at(-1);
    if (last !== undefined && best.length === count && !comesBefore(book, last)) continue;
    if ((likeness[book] ?? 0) <= 0 || !accepts(book)) continue;
    const place = best.findIndex((other) => comesBefore(book, other));
    best.splice(place < 0 ? best.length : place, 0, book);
    if (best.length > count) best.pop();
  }
  return best;
}
