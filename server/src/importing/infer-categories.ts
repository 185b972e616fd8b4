import type { Book } from "../services/recommendation/domain/book.ts";

/** What a category counts for by its place among the categories of a book. */
const placeWeights = [1, 0.6, 0.4];
/** The category of books of which nothing is known. */
const NOTHING_KNOWN: readonly string[] = ["other"];
/** From how many readers on what they like says something. */
const FEWEST_READERS = 3;
/** How much of what speaks for the first category has to speak for the second. */
const LEAST_SHARE = 0.6;

type Sorted = Pick<Book, "id" | "authors" | "categories">;

/**
 * Finds categories for the books that have none, by id: those of the other books of the same main author; where there are no such books, those that
 * the book's readers like more often than readers do, told by which books are liked together; and `other` where nobody likes it. `likes`
 * gives lists of books that one reader likes.
 */
export function inferCategories(
  books: readonly Sorted[],
  likes: () => Iterable<readonly number[]>,
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  const ofAuthor = countByAuthor(books);
  const unknown: number[] = [];
  for (const { id, authors, categories } of books) {
    if (categories.length > 0) continue;
    const counts = ofAuthor.get(authors[0] ?? "");
    if (counts) found.set(id, best([...counts]));
    else unknown.push(id);
  }
  if (unknown.length === 0) return found;
  return new Map([...found, ...inferFromReaders(unknown, new Map(books.map((book) => [book.id, book])), likes())]);
}

function countByAuthor(books: readonly Sorted[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { authors, categories } of books) {
    const [author] = authors;
    if (author === undefined || categories.length === 0) continue;
    const own = counts.get(author) ?? new Map<string, number>();
    counts.set(author, own);
    for (const [place, id] of categories.entries()) own.set(id, (own.get(id) ?? 0) + (placeWeights[place] ?? 0));
  }
  return counts;
}

function inferFromReaders(
  unknown: readonly number[],
  byId: ReadonlyMap<number, Sorted>,
  likes: Iterable<readonly number[]>,
): ReadonlyMap<number, readonly string[]> {
  const names = [...new Set([...byId.values()].flatMap(({ categories }) => categories))].sort();
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const shares = new Map(unknown.map((id) => [id, { readers: 0, sums: new Float64Array(names.length) }]));
  const all = { readers: 0, sums: new Float64Array(names.length) };

  for (const list of likes) {
    const asked = list.flatMap((id) => shares.get(id) ?? []);
    if (asked.length === 0) continue;
    const share = shareOfCategories(list, byId, indexOf);
    if (share === undefined) continue;
    for (const own of asked) {
      add(own, share);
      add(all, share);
    }
  }
  return new Map(
    [...shares].map(([id, { readers, sums }]) => {
      if (readers < FEWEST_READERS) return [id, NOTHING_KNOWN];
      // By how many standard deviations the share is above the usual one, as if each reader chose one category.
      const leads = names.map((name, index): [string, number] => {
        const usual = (all.sums[index] ?? 0) / all.readers;
        return [name, ((sums[index] ?? 0) / readers - usual) / Math.sqrt(usual * (1 - usual) + 1e-4)];
      });
      return [id, best(leads)];
    }),
  );
}

interface Shares {
  readers: number;
  readonly sums: Float64Array;
}

function add(to: Shares, share: Float64Array): void {
  to.readers++;
  for (let index = 0; index < share.length; index++) to.sums[index] = (to.sums[index] ?? 0) + (share[index] ?? 0);
}

/** How a reader's likes spread over the categories; undefined when none of them has one. */
function shareOfCategories(
  list: readonly number[],
  byId: ReadonlyMap<number, Sorted>,
  indexOf: ReadonlyMap<string, number>,
): Float64Array | undefined {
  const share = new Float64Array(indexOf.size);
  let sum = 0;
  for (const id of list) {
    for (const [place, category] of (byId.get(id)?.categories ?? []).entries()) {
      const [index = 0, weight = 0] = [indexOf.get(category), placeWeights[place]];
      share[index] = (share[index] ?? 0) + weight;
      sum += weight;
    }
  }
  return sum === 0 ? undefined : share.map((value) => value / sum);
}

function best(scores: readonly (readonly [string, number])[]): readonly string[] {
  const ranked = scores.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const [, most = 0] = ranked[0] ?? [];
  return ranked
    .slice(0, 2)
    .filter(([, score]) => score >= LEAST_SHARE * most)
    .map(([name]) => name);
}
