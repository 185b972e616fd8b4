import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type {
  BookSchema,
  RatingSchema,
  RecommendationSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { Book } from "./domain/book.ts";
import type { Rating } from "./domain/rating-store.ts";
import type { Recommendation } from "./domain/recommender.ts";

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
  const influences = reason.influences.map(({ book: { id, title }, share }) => ({ bookId: id, title, share }));
  return { book: bookMessage(book), score, reason: { summary: reason.summary, influences } };
}
