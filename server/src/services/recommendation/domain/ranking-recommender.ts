import type { Book } from "./book.ts";
import type { Catalogue } from "./catalogue.ts";
import { chooseDiverse } from "./diversify.ts";
import { explain, type Popularity } from "./explain.ts";
import { type ListFilter, NO_FILTER, passesFilter } from "./list-filter.ts";
import { alignModel } from "./model/align-model.ts";
import { type Profile, weightOfStars } from "./model/profile.ts";
import type { Contributions } from "./model/ranking-model.ts";
import { createSumModel } from "./model/sum-model.ts";
import type { SumModelData } from "./model/sum-model-data.ts";
import { byPopularity, type Choice } from "./model/top-books.ts";
import { rankableBooks } from "./rankable-books.ts";
import type { OwnBook, RankedList, RecommendationQuery } from "./recommender.ts";
import { findSimilar, type SimilarBook } from "./similar-books.ts";
import type { ServedModel } from "./training/training-data.ts";

/** Ranks books for readers by their own ratings. */
export interface RankingRecommender {
  /**
   * Books that the reader has not rated, best first and those of the same score by id, or as `diversify` orders them; none of a category that does not exist. The same
   * ratings in any order give the same list.
   */
  recommend(query: RecommendationQuery): RankedList;
  /** The books most like the one with this id, at most so many: see `findSimilar`. None where there is no such book. */
  similar(bookId: number, limit: number): readonly SimilarBook[];
}

/** How to speak of what a model learned from. */
export interface RankingOptions {
  /** Whether most readers that the model learned from are generated, so that no reason claims real ones. */
  readonly mostlySampleReaders: boolean;
}

interface RatedBook extends OwnBook {
  readonly index: number;
}

/** From how many likes on a book is one of many readers, or of some. */
const MANY = 100;
const SOME = 10;
/** How many books of several categories are sorted for one call at most. */
const MOST_SORTED = 1_000;
const NO_BOOKS: ReadonlySet<number> = new Set();

/**
 * Ranks the books of a catalogue by a model; of one that was trained with other books, those that it does not know come last. A reader
 * whose ratings say nothing about other books gets the most popular ones, and so does everybody while there is no model: then by the
 * popularity that the catalogue gives them. A book that a reader dislikes is left out, like all that are rated, and speaks against what it would speak for.
 */
export function createRankingRecommender(
  { books }: Pick<Catalogue, "books">,
  served: ServedModel | undefined,
  { mostlySampleReaders = false }: Partial<RankingOptions> = {},
): RankingRecommender {
  const { ids, indexOf, categories, seriesOf, authorOf, byAuthor } = rankableBooks(books);
  const aligned = served === undefined ? editorial(books) : alignModel(served, served.bookIds, ids);
  const model = createSumModel(aligned);
  const likes = aligned === served ? served?.bookLikes : likesOf(served, indexOf);
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

  function ratedBooks(ratings: RecommendationQuery["ratings"]): RatedBook[] {
    const rated: RatedBook[] = [];
    for (const { bookId, stars } of ratings) {
      const index = indexOf.get(bookId);
      const book = index === undefined ? undefined : books[index];
      if (index !== undefined && book !== undefined) rated.push({ index, book, stars });
    }
    return rated.sort((a, b) => a.index - b.index);
  }

  /** Says no more of the readers of a book than is so. */
  function popularityOf(index: number): Popularity {
    if (likes === undefined) return { popular: "Popular by the catalogue", known: true };
    if (mostlySampleReaders) return { popular: "Popular with the sample readers", known: true };
    const count = likes[index] ?? 0;
    if (count >= MANY) return { popular: "Popular with many readers", known: true };
    if (count >= SOME) return { popular: "Liked by some readers", known: true };
    return { popular: "Known to few readers so far", known: false };
  }

  function saysSomething({ index }: RatedBook): boolean {
    const { starts } = model.weights;
    return (starts[index + 1] ?? 0) > (starts[index] ?? 0);
  }

  /** Those that were shown come last. */
  function chooseFiltered(
    { limit, diverse = false, mostByAuthor, filter = NO_FILTER, category }: RecommendationQuery,
    profile: Profile,
    rated: readonly RatedBook[],
  ): Uint32Array {
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
  }

  return {
    similar(bookId, limit) {
      const likedBy = (index: number) => {
        if (likes === undefined || (likes[index] ?? 0) < SOME) return undefined;
        return mostlySampleReaders ? "sample readers" : "readers";
      };
      const index = indexOf.get(bookId);
      return index === undefined
        ? []
        : findSimilar({ books, authorOf, byAuthor, categories, weights: model.weights, likedBy }, index, limit);
    },
    recommend(query) {
      const { ratings } = query;
      const rated = ratedBooks(ratings);
      const isLiked = ({ stars }: RatedBook) => weightOfStars(stars) > 0;
      const isTelling = rated.some((book) => isLiked(book) && saysSomething(book));
      const telling = isTelling ? rated : rated.filter((book) => !isLiked(book));
      const profile = profileOf(telling);
      const best = chooseFiltered(query, profile, rated);
      const contributions = model.contributions(profile, best);
      const recommendations = contributions.map((sum, place) => {
        const index = best[place] ?? 0;
        const book = books[index] as Book; // The indices are those of the books.
        return { book, score: sumOf(sum), reason: explain(sum, telling, popularityOf(index)) };
      });
      return { recommendations, by: isTelling ? "model" : "popularity" };
    },
  };
}

/** The score, to the last bit. */
function sumOf({ popularity, terms }: Contributions): number {
  return terms.reduce((sum, term) => sum + term, popularity);
}

function profileOf(rated: readonly RatedBook[]): Profile {
  const profile = { books: new Uint32Array(rated.length), weights: new Float64Array(rated.length) };
  rated.forEach(({ index, stars }, place) => {
    profile.books[place] = index;
    profile.weights[place] = weightOfStars(stars);
  });
  return profile;
}

/** A model that knows nothing but the popularity of the catalogue. */
function editorial(books: readonly Book[]): SumModelData {
  const weights = {
    starts: new Uint32Array(books.length + 1),
    targets: new Uint32Array(),
    weights: new Float32Array(),
  };
  return { weights, popularity: Float64Array.from(books, ({ popularity }) => popularity) };
}

/** How many readers like each book, by its index. */
function likesOf(served: ServedModel | undefined, indexOf: ReadonlyMap<number, number>): Uint32Array | undefined {
  if (served === undefined) return undefined;
  const likes = new Uint32Array(indexOf.size);
  served.bookIds.forEach((id, place) => {
    const index = indexOf.get(id);
    if (index !== undefined) likes[index] = served.bookLikes[place] ?? 0;
  });
  return likes;
}
