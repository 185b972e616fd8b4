import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { StarCounts } from "../../services/recommendation/domain/rating-store.ts";

/** The counts of a book that no reader has rated. */
export const NO_RATINGS: StarCounts = [0, 0, 0, 0, 0];

/** Of how many readers the ratings are counted in a row: some milliseconds of work. */
const READERS = 128;

/**
 * Counts all ratings of a library by book, and lets other work have its turn every few milliseconds.
 * @throws Error where the library is closed meanwhile.
 */
export async function countRatings(database: DatabaseSync): Promise<ReadonlyMap<number, StarCounts>> {
  const counts = new Map<number, [number, number, number, number, number]>();
  // The last of the next readers, whatever gaps there are between their numbers.
  const upTo = database.prepare(
    `select max(user_id) last from (select distinct user_id from ratings where user_id > ? order by user_id limit ${READERS})`,
  );
  const ratings = database.prepare(
    "select book_id, stars, count(*) readers from ratings where user_id > ? and user_id <= ? group by book_id, stars",
  );
  for (let after = 0; ; ) {
    const last = upTo.get(after)?.last;
    if (last === null || last === undefined) return counts;
    for (const { book_id, stars, readers } of ratings.all(after, last)) {
      const book = Number(book_id);
      const known = counts.get(book) ?? [...NO_RATINGS];
      counts.set(book, known);
      // The import takes no other stars than 1 to 5.
      known[(Number(stars) - 1) as 0 | 1 | 2 | 3 | 4] += Number(readers);
    }
    after = Number(last);
    await setImmediate();
  }
}
