import type { Book } from "./book.ts";
import type { Catalogue } from "./catalogue.ts";
import { explain, type Popularity } from "./explain.ts";
import { createListChoice, type RatedBook } from "./list-choice.ts";
import { alignModel } from "./model/align-model.ts";
import { type Profile, weightOfStars } from "./model/profile.ts";
import type { Contributions } from "./model/ranking-model.ts";
import { createSumModel } from "./model/sum-model.ts";
import type { SumModelData } from "./model/sum-model-data.ts";
import { rankableBooks } from "./rankable-books.ts";
import type { RankedList, RecommendationQuery } from "./recommender.ts";
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

/** From how many likes on a book is one of many readers, or of some. */
const MANY = 100;
const SOME = 10;

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
  const rankable = rankableBooks(books);
  const { ids, indexOf, categories, authorOf, byAuthor } = rankable;
  const aligned = served === undefined ? editorial(books) : alignModel(served, served.bookIds, ids);
  const model = createSumModel(aligned);
  const likes = aligned === served ? served?.bookLikes : likesOf(served, indexOf);
  const choose = createListChoice(books, rankable, model);

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
      const rated = ratedBooks(ratings, books, indexOf);
      const isLiked = ({ stars }: RatedBook) => weightOfStars(stars) > 0;
      const isTelling = rated.some((book) => isLiked(book) && saysSomething(book));
      const telling = isTelling ? rated : rated.filter((book) => !isLiked(book));
      const profile = profileOf(telling);
      const best = choose(query, profile, rated);
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

/** Those of the catalogue, in its order. */
function ratedBooks(
  ratings: RecommendationQuery["ratings"],
  books: readonly Book[],
  indexOf: ReadonlyMap<number, number>,
): RatedBook[] {
  const rated: RatedBook[] = [];
  for (const { bookId, stars } of ratings) {
    const index = indexOf.get(bookId);
    const book = index === undefined ? undefined : books[index];
    if (index !== undefined && book !== undefined) rated.push({ index, book, stars });
  }
  return rated.sort((a, b) => a.index - b.index);
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
