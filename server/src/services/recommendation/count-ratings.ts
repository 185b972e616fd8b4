import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  CountRatingsRequest,
  CountRatingsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { check } from "../../domain/violations.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import { meanStars, type RatingStore } from "./domain/rating-store.ts";
import { notAnId } from "./domain/validate.ts";

/** Answers CountRatings. */
export async function countRatings(
  catalogue: Catalogue,
  ratings: Pick<RatingStore, "countsOf">,
  { bookId }: CountRatingsRequest,
): Promise<MessageInitShape<typeof CountRatingsResponseSchema>> {
  check(notAnId("book_id", bookId));
  const counts = await ratings.countsOf(catalogue.book(bookId).id);
  return { counts: counts.map((readers, index) => ({ stars: index + 1, readers })), mean: meanStars(counts) };
}
