import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ListRatingsRequest,
  ListRatingsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createPageToken } from "../../domain/page-token.ts";
import { check } from "../../domain/violations.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import { parsePageToken } from "./domain/parse-page-token.ts";
import type { Rating, RatingStore } from "./domain/rating-store.ts";
import { notAnId, notASize } from "./domain/validate.ts";
import { ratingMessage } from "./messages.ts";

const defaultPageSize = 24;

/**
 * Answers ListRatings. A page is told by the rating before it, so that what is rated between two pages moves nothing:
 * no rating is left out or comes twice but one that was itself changed. Ratings of books no longer in the catalogue are left out.
 */
export async function listRatings(
  catalogue: Catalogue,
  ratings: RatingStore,
  { userId, pageSize, pageToken }: ListRatingsRequest,
): Promise<MessageInitShape<typeof ListRatingsResponseSchema>> {
  check(notAnId("user_id", userId), notASize("page_size", pageSize));
  const scope = ["ratings", String(userId)];
  const after = parsePageToken(pageToken, scope);
  const shown = (await ratings.ofReader(userId)).flatMap((rating) => {
    const book = catalogue.find(rating.bookId);
    return book === undefined ? [] : [{ rating, book }];
  });
  const rest = shown.filter(({ rating }) => comesAfter(rating, after));
  const page = rest.slice(0, pageSize || defaultPageSize);
  const last = page.at(-1)?.rating;
  const more = last !== undefined && page.length < rest.length;
  return {
    ratings: page.map(({ rating, book }) => ratingMessage(rating, book)),
    nextPageToken: more ? createPageToken(scope, [last.time.getTime(), last.bookId]) : "",
    totalSize: shown.length,
  };
}

function comesAfter({ time, bookId }: Rating, position: readonly number[] | undefined): boolean {
  if (position === undefined) return true;
  const [lastTime = 0, lastBookId = 0] = position;
  return time.getTime() < lastTime || (time.getTime() === lastTime && bookId > lastBookId);
}
