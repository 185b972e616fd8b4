import type { Book } from "./book.ts";
import type { Catalogue } from "./catalogue.ts";
import { createCoLikes } from "./co-likes.ts";
import { createContentSimilarity } from "./content-similarity.ts";
import { explain } from "./explain.ts";
import type { Recommendation, RecommendationQuery, Recommender } from "./recommender.ts";

const likedFrom = 4;
const popularityWeight = 0.5;
const coLikesWeight = 1.5;
// What a rating of 1 to 5 stars says about books like the one rated.
const starWeights = [-0.8, -0.4, 0.15, 0.6, 1];

interface RatedBook {
  readonly index: number;
  readonly book: Book;
  readonly stars: number;
  readonly weight: number;
}

/**
 * A recommender that adds up, for every book, how alike it is to each of the reader's books, by content and by who likes
 * both, times what the reader thinks of that one, and how popular the book is. A book liked raises its like and one
 * disliked lowers them, never the other way round.
 */
export function createBlendedRecommender(catalogue: Catalogue): Recommender {
  const { books } = catalogue;
  const indexOf = new Map(books.map(({ id }, index) => [id, index]));
  const contentSimilarity = createContentSimilarity(books);
  const coLikes = createCoLikes(books.length);
  let revision = 0;

  const contribution = (rated: RatedBook, candidate: number): number =>
    rated.weight *
    (contentSimilarity(rated.index, candidate) + coLikesWeight * coLikes.similarity(rated.index, candidate));

  const recommendation = (candidate: number, book: Book, score: number, profile: readonly RatedBook[]) => {
    const terms = Float64Array.from(profile, (rated) => contribution(rated, candidate));
    return {
      book,
      score,
      reason: explain({ popularity: popularityOf(book), terms }, profile),
    } satisfies Recommendation;
  };

  return {
    get revision() {
      return revision;
    },
    learn({ userId, bookId, stars }) {
      const index = indexOf.get(bookId);
      if (index === undefined) return;
      if (coLikes.set(userId, index, (stars ?? 0) >= likedFrom)) revision++;
    },
    recommend({ ratings, category, limit }) {
      const profile = profileOf(ratings, catalogue, indexOf);
      const rated = new Set(profile.map(({ index }) => index));
      return books
        .map((book, index) => ({ book, index }))
        .filter(({ book, index }) => !rated.has(index) && (category === "" || book.categories.includes(category)))
        .map(({ book, index }) => {
          let score = popularityOf(book);
          for (const own of profile) score += contribution(own, index);
          return { book, index, score };
        })
        .sort((a, b) => b.score - a.score || a.index - b.index)
        .slice(0, limit)
        .map(({ book, index, score }) => recommendation(index, book, score, profile));
    },
  };
}

function popularityOf({ popularity }: Book): number {
  return (popularityWeight * popularity) / 100;
}

// Sorted, because sums of floating point numbers depend on their order and lists must not.
function profileOf(
  ratings: RecommendationQuery["ratings"],
  catalogue: Catalogue,
  indexOf: ReadonlyMap<number, number>,
): readonly RatedBook[] {
  return ratings
    .flatMap(({ bookId, stars }) => {
      const [book, index] = [catalogue.find(bookId), indexOf.get(bookId)];
      if (book === undefined || index === undefined) return [];
      return [{ index, book, stars, weight: starWeights[stars - 1] ?? 0 }];
    })
    .sort((a, b) => a.index - b.index);
}
