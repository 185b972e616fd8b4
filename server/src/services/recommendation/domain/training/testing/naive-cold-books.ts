import type { ColdBookOptions } from "../cold-books.ts";
import type { BookTraits } from "../training-data.ts";

// What tags and authors say, once more: slow and obvious, by dense matrices.

/** The weights of a model: what each book (first index) says for each other. */
export type Matrix = readonly (readonly number[])[];

/** How alike two books are. */
export function naiveLikeness(books: readonly BookTraits[], a: number, b: number): number {
  const [left, right] = [books[a], books[b]];
  if (a === b || left === undefined || right === undefined) return 0;
  const author = left.authors.some((name) => right.authors.includes(name)) ? 0.5 : 0;
  const parts = naiveTagParts(books, right);
  const cosine = [...naiveTagParts(books, left)].reduce((sum, [tag, part]) => sum + part * (parts.get(tag) ?? 0), 0);
  return cosine + author;
}

function naiveTagParts(books: readonly BookTraits[], { tags }: BookTraits): Map<string, number> {
  const having = (tag: string) => books.filter((book) => book.tags.some(([name]) => name === tag)).length;
  const weighted = tags
    .filter(([tag]) => having(tag) > 1)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([tag, weight]) => [tag, Math.sqrt(weight) * Math.sqrt(Math.sqrt(books.length / having(tag)))] as const);
  const length = Math.sqrt(weighted.reduce((sum, [, value]) => sum + value * value, 0));
  return new Map(weighted.map(([tag, value]) => [tag, value / length]));
}

/** The books most like one, of some; those as like as each other by index. */
function naiveNearest(books: readonly BookTraits[], book: number, of: readonly number[], count: number): number[] {
  return of
    .filter((other) => naiveLikeness(books, book, other) > 0)
    .sort((a, b) => naiveLikeness(books, book, b) - naiveLikeness(books, book, a) || a - b)
    .slice(0, count);
}

/** What each book says for a cold one and how popular that is, by the formula of docs/recommender.md, without a bound on the entries. */
export function naiveColdBook(
  { weights, popularity }: { readonly weights: Matrix; readonly popularity: readonly number[] },
  { likes, traits }: { readonly likes: readonly number[]; readonly traits: readonly BookTraits[] },
  book: number,
  options: ColdBookOptions,
) {
  const all = [...likes.keys()];
  const warm = all.filter((other) => (likes[other] ?? 0) >= options.fewLikes);
  const nearest = naiveNearest(traits, book, warm, options.nearest);
  const speakers = naiveNearest(traits, book, all, options.speakers);
  const share = options.halfAt / (options.halfAt + (likes[book] ?? 0));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const extra = (other: number) =>
    speakers.includes(other) ? Math.max(0, naiveLikeness(traits, book, other) - options.leastLikeness) : 0;
  return {
    popularity:
      (popularity[book] ?? 0) + share * options.meanWeight * mean(nearest.map((near) => popularity[near] ?? 0)),
    weights: all.map((source) => {
      const said = weights[source] ?? [];
      const fromNearest = share * options.meanWeight * mean(nearest.map((near) => said[near] ?? 0));
      return (said[book] ?? 0) + fromNearest + share * options.speakerWeight * extra(source);
    }),
  };
}

/** What a cold book says for each book, by the formula of docs/recommender.md, without a bound on the entries. */
export function naiveColdSpeaker(
  weights: Matrix,
  { likes, traits }: { readonly likes: readonly number[]; readonly traits: readonly BookTraits[] },
  book: number,
  options: ColdBookOptions,
): number[] {
  const all = [...likes.keys()];
  const warm = all.filter((other) => (likes[other] ?? 0) >= options.fewLikes);
  const nearest = naiveNearest(traits, book, warm, options.speakers);
  const share = options.halfAt / (options.halfAt + (likes[book] ?? 0));
  return all.map((target) => {
    const sum = nearest.reduce((total, near) => total + (weights[near]?.[target] ?? 0), 0);
    const likeness = nearest.includes(target) ? naiveLikeness(traits, book, target) : 0;
    const extra = options.speakerWeight * Math.max(0, likeness - options.leastLikeness);
    return (weights[book]?.[target] ?? 0) + share * (sum / Math.max(1, nearest.length) + extra);
  });
}
