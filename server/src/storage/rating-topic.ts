import { z } from "zod";
import type { LoggedRatingChange } from "../services/recommendation/domain/rating-store.ts";
import type { Topic } from "./live/topic.ts";

/** From how many stars on a rating is a like. */
export const LIKED_FROM = 4;

/** Whether a rating is a like; undefined is none. */
export function isLike(stars: number | undefined): boolean {
  return (stars ?? 0) >= LIKED_FROM;
}

const changeSchema = z.object({
  userId: z.int(),
  bookId: z.int(),
  // JSON leaves out the stars of a change that takes a rating back.
  stars: z.int().min(1).max(5).optional(),
  changesLike: z.boolean().optional(),
});

/** How changes of ratings are logged. */
export const ratingTopic: Topic<LoggedRatingChange> = {
  name: "ratings",
  encode: (change) => JSON.stringify(change),
  decode: (payload) => {
    const change = changeSchema.parse(JSON.parse(payload));
    // Logs of earlier versions do not say whether a like changed: then every like, and every rating taken back, counts as if it did.
    const { userId, bookId, stars, changesLike = (stars ?? LIKED_FROM) >= LIKED_FROM } = change;
    return { userId, bookId, stars, changesLike };
  },
};
