import type { Book } from "./book.ts";
import { chooseDiverse } from "./diversify.ts";
import { type ListFilter, NO_FILTER, passesFilter } from "./list-filter.ts";
import type { Profile } from "./model/profile.ts";
import type { SumModel } from "./model/sum-model.ts";
import { byPopularity, type Choice } from "./model/top-books.ts";
import type { RankableBooks } from "./rankable-books.ts";
import type { OwnBook, RecommendationQuery } from "./recommender.ts";

/** A rated book and where it is in the catalogue. */
export interface RatedBook extends OwnBook {
  readonly index: number;
}

/** How many books of several categories are sorted for one call at most. */
const MOST_SORTED = 1_000;
const NO_BOOKS: ReadonlySet<number> = new Set();

/**
 * Chooses the books of a list, by their index: the best for a profile among those that the query allows, or what `diversify` makes of them.
 * Those that the reader was shown come last.
 */
export function createListChoice(
  books: readonly Book[],
  { categories, seriesOf, authorOf }: RankableBooks,
  model: SumModel,
): (query: RecommendationQuery, profile: Profile, rated: readonly RatedBook[]) => Uint32Array {
  const orders = new Map<string, Uint32Array>();

  /**
   * The most popular first. Of several categories it is made for the call where they have few books; where they have many, the order of all books soon
   * leads to some.
   */
  function orderOf(named: readonly string[]): Uint32Array | undefined {
    const [category] = named;
    if (category === undefined) return undefined;
    if (named.length > 1) {
      const shelves = named.map((one) => categories.get(one) ?? NO_BOOKS);
      const size = shelves.reduce((sum, shelf) => sum + shelf.size, 0);
      if (size > MOST_SORTED) return undefined;
      return byPopularity(model.popularity, new Set(shelves.flatMap((shelf) => [...shelf])));
    }
    const shelf = categories.get(category) ?? NO_BOOKS;
    const order = orders.get(category) ?? model.order.filter((book) => shelf.has(book));
    if (categories.has(category)) orders.set(category, order);
    return order;
  }

  /** Whether a book may be in a list, whatever has been shown of it. */
  function allowedBy(filter: ListFilter, named: readonly string[], rated: readonly RatedBook[]) {
    const shelves = named.map((category) => categories.get(category) ?? NO_BOOKS);
    const left = filter.excludeRated ? rated : rated.filter(({ stars }) => stars < 3);
    const isLeft = new Set(left.map(({ index }) => index));
    return (index: number): boolean => {
      const book = books[index];
      if (book === undefined || isLeft.has(index) || !passesFilter(book, filter)) return false;
      return shelves.length === 0 || shelves.some((shelf) => shelf.has(index));
    };
  }

  return (
    { limit, diverse = false, mostByAuthor, filter = NO_FILTER, category }: RecommendationQuery,
    profile: Profile,
    rated: readonly RatedBook[],
  ): Uint32Array => {
    const named = category === "" ? filter.categories : [...new Set([category, ...filter.categories])];
    const allowed = allowedBy(filter, named, rated);
    const known = new Set(rated.map(({ index }) => index));
    const isRated = (index: number) => known.has(index);
    const isShown = (index: number) => filter.shown.has(books[index]?.id ?? 0);
    const order = orderOf(named);
    const best = (count: number, allows: Choice["allows"]) => model.choose(profile, count, { allows, order }).books;
    const hasShown = filter.shown.size > 0;
    if (diverse) {
      const options = { limit, mostByAuthor, authorOf, seriesOf, isRated, allows: allowed };
      return chooseDiverse(best, { ...options, isShown: hasShown ? isShown : undefined });
    }
    if (!hasShown) return best(limit, allowed);
    const first = best(limit, (index) => allowed(index) && !isShown(index));
    return Uint32Array.from([...first, ...best(limit - first.length, (index) => allowed(index) && isShown(index))]);
  };
}
