import type { Book } from "./book.ts";
import type { Catalogue } from "./catalogue.ts";
import { diversify } from "./diversify.ts";
import { explain } from "./explain.ts";
import { alignModel } from "./model/align-model.ts";
import { LOCAL_RIDGE_DEFAULTS } from "./model/local-ridge.ts";
import { type Profile, weightOfStars } from "./model/profile.ts";
import type { Contributions } from "./model/ranking-model.ts";
import { createSumModel, type SumModelData } from "./model/sum-model.ts";
import { byPopularity } from "./model/top-books.ts";
import type { OwnBook, RankedList, RecommendationQuery } from "./recommender.ts";
import { authorKey, findSeries } from "./series.ts";
import type { ServedModel } from "./training/training-data.ts";

/** Ranks books for readers by their own ratings. */
export interface RankingRecommender {
  /**
   * Books that the reader has not rated, best first and those of the same score by id, or as `diversify` orders them; none of a category that does not exist. The same
   * ratings in any order give the same list.
   */
  recommend(query: RecommendationQuery): RankedList;
}

/** How to speak of what a model learned from. */
export interface RankingOptions {
  /** Whether most readers that the model learned from are generated, so that no reason claims real ones. */
  readonly mostlySampleReaders: boolean;
}

interface RatedBook extends OwnBook {
  readonly index: number;
}

const NOTHING_KNOWN: Profile = { books: new Uint32Array(), weights: new Float64Array() };
/** From how many likes on a book is one of many readers, or of some. */
const MANY = 100;
const SOME = 10;
/** A diverse list is chosen from so many times as many books as it has. */
const CHOSEN_FROM = 6;
const NO_SHELF: Shelf = { books: new Set(), order: new Uint32Array() };

/**
 * Ranks the books of a catalogue by a model; of one that was trained with other books, those that it does not know come last. A reader
 * whose ratings say nothing about other books gets the most popular ones, and so does everybody while there is no model: then by the
 * popularity that the catalogue gives them. A book that a reader dislikes is left out, like all that are rated, and speaks for no other.
 */
export function createRankingRecommender(
  { books }: Pick<Catalogue, "books">,
  served: ServedModel | undefined,
  { mostlySampleReaders = false }: Partial<RankingOptions> = {},
): RankingRecommender {
  const ids = Int32Array.from(books, ({ id }) => id);
  const indexOf = new Map(books.map(({ id }, index) => [id, index]));
  const model = createSumModel(served === undefined ? editorial(books) : alignModel(served, served.bookIds, ids));
  const shelves = shelvesOf(books, model.popularity);

  function ratedBooks(ratings: RecommendationQuery["ratings"]): RatedBook[] {
    const rated: RatedBook[] = [];
    for (const { bookId, stars } of ratings) {
      const index = indexOf.get(bookId);
      const book = index === undefined ? undefined : books[index];
      if (index !== undefined && book !== undefined) rated.push({ index, book, stars });
    }
    return rated.sort((a, b) => a.index - b.index);
  }

  const seriesOf = findSeries(books);
  const authors = books.map(authorKey);
  const authorOf = (book: number) => authors[book];

  /** Says no more of the readers of a book than is so. */
  function popularText(index: number): string {
    if (served === undefined) return "Popular by the catalogue";
    if (mostlySampleReaders) return "Popular with the sample readers";
    const share = (model.popularity[index] ?? 0) / LOCAL_RIDGE_DEFAULTS.popularityWeight;
    const likes = share * served.readers;
    if (likes >= MANY) return "Popular with many readers";
    return likes >= SOME ? "Liked by some readers" : "Known to few readers so far";
  }

  function saysSomething({ index }: RatedBook): boolean {
    const { starts } = model.weights;
    return (starts[index + 1] ?? 0) > (starts[index] ?? 0);
  }

  return {
    recommend({ ratings, category, limit, diverse = false }) {
      const rated = ratedBooks(ratings);
      const liked = rated.filter(({ stars }) => weightOfStars(stars) > 0);
      const telling = liked.some(saysSomething) ? liked : [];
      const profile = telling.length > 0 ? profileOf(telling) : NOTHING_KNOWN;
      const isRated = new Set(rated.map(({ index }) => index));
      const shelf = category === "" ? undefined : (shelves.get(category) ?? NO_SHELF);
      const allows = (book: number) => !isRated.has(book) && (shelf === undefined || shelf.books.has(book));
      const found = model.choose(profile, diverse ? CHOSEN_FROM * limit : limit, { allows, order: shelf?.order }).books;
      const best = diverse
        ? diversify(found, { limit, authorOf, seriesOf, isRated: (book) => isRated.has(book), allows })
        : found;
      const contributions = model.contributions(profile, best);
      const recommendations = contributions.map((sum, place) => {
        const index = best[place] ?? 0;
        const book = books[index] as Book; // The indices are those of the books.
        return { book, score: sumOf(sum), reason: explain(sum, telling, popularText(index)) };
      });
      return { recommendations, by: telling.length > 0 ? "model" : "popularity" };
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

/** The books of a category. */
interface Shelf {
  readonly books: ReadonlySet<number>;
  /** The most popular first. */
  readonly order: Uint32Array;
}

function shelvesOf(books: readonly Book[], popularity: Float64Array): ReadonlyMap<string, Shelf> {
  const lists = new Map<string, Set<number>>();
  books.forEach(({ categories }, index) => {
    for (const category of categories) {
      const list = lists.get(category);
      if (list === undefined) lists.set(category, new Set([index]));
      else list.add(index);
    }
  });
  return new Map([...lists].map(([id, list]) => [id, { books: list, order: byPopularity(popularity, list) }]));
}
