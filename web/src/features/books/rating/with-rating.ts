import type { Rating } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** The ratings, the latest first, after that of one book was stored, or withdrawn where there is none any more. */
export function withRating(ratings: readonly Rating[], bookId: number, rating: Rating | undefined): readonly Rating[] {
  const others = ratings.filter(({ book }) => book?.id !== bookId);
  return rating === undefined ? others : [rating, ...others];
}
