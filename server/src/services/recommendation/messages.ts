import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type BookSchema,
  RankedBy,
  type RankingSchema,
  type RatingSchema,
  type RecommendationSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { Book } from "./domain/book.ts";
import type { Rating } from "./domain/rating-store.ts";
import type { ServedList } from "./domain/recommend-for.ts";
import type { Recommendation } from "./domain/recommender.ts";

const rankedBy = { model: RankedBy.MODEL, popularity: RankedBy.POPULARITY } as const;

/** The message of a book. */
export function bookMessage({ id, title, authors, year, categories }: Book): MessageInitShape<typeof BookSchema> {
  return { id, title, authors: [...authors], year, categories: [...categories] };
}

/** The message of a rating of a book. */
export function ratingMessage({ stars, time }: Rating, book: Book): MessageInitShape<typeof RatingSchema> {
  return { book: bookMessage(book), stars, time: timestampFromDate(time) };
}

/** The message of a recommendation. */
export function recommendationMessage({
  book,
  score,
  reason,
}: Recommendation): MessageInitShape<typeof RecommendationSchema> {
  const { summary, popularity } = reason;
  const influences = reason.influences.map(({ book: { id, title }, share, contribution }) => ({
    bookId: id,
    title,
    share,
    contribution,
  }));
  return { book: bookMessage(book), score, reason: { summary, influences, popularity } };
}

/** The message of what put a list in its order. */
export function rankingMessage({ by, served, compared }: ServedList): MessageInitShape<typeof RankingSchema> {
  return { by: rankedBy[by], modelVersion: BigInt(served.modelVersion), comparedRanking: compared?.id ?? "" };
}
