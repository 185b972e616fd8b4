import { z } from "zod";
import type { Rating } from "../services/recommendation/domain/rating-store.ts";
import type { ReportUnreadable } from "./report-once.ts";
import type { Library } from "./sqlite/library.ts";

/** The library that is served; it may be another one at any time. */
export interface CurrentLibrary {
  /** Undefined while nothing is imported. */
  readonly current: Library | undefined;
}

/** A rating taken back stays in the table with these stars, so that what was imported does not come back in its place. */
export const TAKEN_BACK = 0;

/** What a reader said of a book in the app, as it is stored; 0 stars are a rating taken back. */
export interface OwnRating {
  readonly book_id: number;
  readonly stars: number;
  readonly time: number;
}

/** The rows of a reader that can be read: what a database finds in a column need not be what it takes. */
export function readableRatings(
  userId: number,
  rows: readonly OwnRating[],
  reportUnreadable: ReportUnreadable,
): readonly OwnRating[] {
  return rows.filter((row) => {
    const { success, error } = rowSchema.safeParse(row);
    if (!success) reportUnreadable(`the rating of book ${row.book_id} by reader ${userId}`, error);
    return success;
  });
}

const rowSchema = z.object({
  book_id: z.int(),
  stars: z.int().min(TAKEN_BACK).max(5),
  time: z.int().min(-8.64e15).max(8.64e15),
});

/** All ratings of a reader as `RatingStore.ofReader` gives them: what was said in the app over what was imported. */
export function mergeRatings(
  userId: number,
  own: readonly OwnRating[],
  library: Library | undefined,
): readonly Rating[] {
  const said = new Set(own.map(({ book_id }) => book_id));
  const imported = library?.ratingsOf(userId).filter(({ bookId }) => !said.has(bookId)) ?? [];
  const time = library?.info.importedAt ?? new Date(0);
  return [
    ...own
      .filter(({ stars }) => stars !== TAKEN_BACK)
      .map((row): Rating => ({ userId, bookId: row.book_id, stars: row.stars, time: new Date(row.time) })),
    ...imported.map(({ bookId, stars }): Rating => ({ userId, bookId, stars, time })),
  ].sort((a, b) => b.time.getTime() - a.time.getTime() || a.bookId - b.bookId);
}
