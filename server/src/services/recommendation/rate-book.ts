import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  RateBookRequest,
  RateBookResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { FieldViolation } from "../../domain/errors.ts";
import { check, outsideRange } from "../../domain/violations.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import type { RatingStore } from "./domain/rating-store.ts";
import { notAnId } from "./domain/validate.ts";
import { ratingMessage } from "./messages.ts";

/** Answers RateBook, once the change survives a crash. */
export async function rateBook(
  catalogue: Catalogue,
  ratings: RatingStore,
  { userId, bookId, change }: RateBookRequest,
): Promise<MessageInitShape<typeof RateBookResponseSchema>> {
  check(notAnId("user_id", userId), notAnId("book_id", bookId), notAChange(change));
  const book = catalogue.book(bookId);
  const stars = change.case === "stars" ? change.value : undefined;
  const { rating, sequence } = await ratings.change({ userId, bookId, stars });
  return { ...(rating && { rating: ratingMessage(rating, book) }), sequence: BigInt(sequence) };
}

function notAChange(change: RateBookRequest["change"]): FieldViolation | undefined {
  if (change.case === "stars") return outsideRange("stars", change.value, 1, 5);
  if (change.case === undefined) return { field: "change", description: "must be stars or withdraw: got neither" };
  return change.value ? undefined : { field: "withdraw", description: "must be true: got false" };
}
