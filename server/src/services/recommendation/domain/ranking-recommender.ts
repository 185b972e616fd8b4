import type { Book } from "./book.ts";
import type { Catalogue } from "./catalogue.ts";
import { diversify } from "./diversify.ts";
import { explain, type Popularity } from "./explain.ts";
import { alignModel } from "./model/align-model.ts";
import { type Profile, weightOfStars } from "./model/profile.ts";
import type { Contributions } from "./model/ranking-model.ts";
import { createSumModel, type SumModelData } from "./model/sum-model.ts";
import { byPopularity, type Choice } from "./model/top-books.ts";
import { rankableBooks } from "./rankable-books.ts";
import type { OwnBook, RankedList, RecommendationQuery } from "./recommender.ts";
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
/** Where these are of too few authors it is chosen from twice as many, and so on: at most from so many times as many, for a call must not take long. */
const MOST_CHOSEN_FROM = 48;
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
  const { ids, indexOf, categories, seriesOf, authorOf } = rankableBooks(books);
  const model = createSumModel(served === undefined ? editorial(books) : alignModel(served, served.bookIds, ids));
  const likes = likesOf(served, indexOf);
  const orders = new Map<string, Uint32Array>();

  function shelfOf(category: string): Shelf {
    const own = categories.get(category);
    if (own === undefined) return NO_SHELF;
    const order = orders.get(category) ?? byPopularity(model.popularity, own);
    orders.set(category, order);
    return { books: own, order };
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

  function chooseDiverse(profile: Profile, limit: number, isRated: ReadonlySet<number>, choice: Choice): Uint32Array {
    const options = { limit, authorOf, seriesOf, isRated: (book: number) => isRated.has(book), allows: choice.allows };
    for (let times = CHOSEN_FROM; ; times *= 2) {
      const found = model.choose(profile, times * limit, choice).books;
      const list = diversify(found, options);
      if (!list.isFilled || found.length < times * limit || times >= MOST_CHOSEN_FROM) return list.books;
    }
  }

  return {
    recommend({ ratings, category, limit, diverse = false }) {
      const rated = ratedBooks(ratings);
      const liked = rated.filter(({ stars }) => weightOfStars(stars) > 0);
      const telling = liked.some(saysSomething) ? liked : [];
      const profile = telling.length > 0 ? profileOf(telling) : NOTHING_KNOWN;
      const isRated = new Set(rated.map(({ index }) => index));
      const shelf = category === "" ? undefined : shelfOf(category);
      const allows = (book: number) => !isRated.has(book) && (shelf === undefined || shelf.books.has(book));
      const choice = { allows, order: shelf?.order };
      const best = diverse
        ? chooseDiverse(profile, limit, isRated, choice)
        : model.choose(profile, limit, choice).books;
      const contributions = model.contributions(profile, best);
      const recommendations = contributions.map((sum, place) => {
        const index = best[place] ?? 0;
        const book = books[index] as Book; // The indices are those of the books.
        return { book, score: sumOf(sum), reason: explain(sum, telling, popularityOf(index)) };
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
