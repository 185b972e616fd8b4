import { create } from "@bufbuild/protobuf";
import { type Book, type Rating, RatingSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { WantedRating } from "./rating-writer.ts";

/** The ratings, the latest first, after that of one book was stored, or withdrawn where there is none any more. */
export function withStored(ratings: readonly Rating[], bookId: number, rating: Rating | undefined): readonly Rating[] {
  const others = ratings.filter(({ book }) => book?.id !== bookId);
  return rating === undefined ? others : [rating, ...others];
}

/**
 * The ratings, the latest first, as the reader wants them: those on their way are among them as if they were stored, and those
 * being withdrawn are not. A book rated again keeps its place until that is stored.
 */
export function withWanted(
  ratings: readonly Rating[],
  wanted: ReadonlyMap<number, WantedRating<Book>>,
): readonly Rating[] {
  if (wanted.size === 0) return ratings;
  const missing = new Map(wanted);
  const known = ratings.flatMap((rating) => {
    const id = rating.book?.id;
    const wish = id === undefined ? undefined : missing.get(id);
    if (id === undefined || wish === undefined) return rating;
    missing.delete(id);
    return wish.stars === undefined ? [] : { ...rating, stars: wish.stars };
  });
  const added = [...missing.values()].flatMap(({ book, stars }) =>
    stars === undefined ? [] : create(RatingSchema, { book, stars }),
  );
  return [...added.reverse(), ...known];
}
