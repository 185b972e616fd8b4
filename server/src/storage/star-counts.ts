import { setImmediate } from "node:timers/promises";
import type { StarCounts } from "../services/recommendation/domain/rating-store.ts";
import type { CurrentLibrary } from "./rating-rows.ts";
import type { Library } from "./sqlite/library.ts";

/** What was said in the app of one book, as a database has it. */
export interface OwnCounts {
  /** How many readers said how many stars; 0 stars are a rating taken back. */
  count(): Promise<readonly { readonly stars: number; readonly readers: number }[]>;
  /** The readers who said something, as far as their numbers are at most `last`. */
  raters(last: number): Promise<readonly { readonly user_id: number }[]>;
}

/** How many ratings of the library are looked up in a row before other work has its turn. */
const TURN = 1_000;

/**
 * The ratings of a book as `RatingStore.countsOf` counts them: what was said in the app, and of what was imported that of readers who said nothing of
 * it there.
 */
export async function mergeCounts(bookId: number, own: OwnCounts, library: CurrentLibrary): Promise<StarCounts> {
  const imported = await importedCounts(bookId, own, library);
  const said = new Map((await own.count()).map(({ stars, readers }) => [stars, readers]));
  const [one, two, three, four, five] = imported;
  const withSaid = (count: number, stars: number) => count + (said.get(stars) ?? 0);
  return [withSaid(one, 1), withSaid(two, 2), withSaid(three, 3), withSaid(four, 4), withSaid(five, 5)];
}

async function importedCounts(bookId: number, own: OwnCounts, library: CurrentLibrary): Promise<StarCounts> {
  for (;;) {
    const { current } = library;
    if (current === undefined) return [0, 0, 0, 0, 0];
    try {
      const [counts, raters] = await Promise.all([current.countsOf(bookId), own.raters(current.lastReader)]);
      return await withoutRaters(counts, bookId, raters, current);
    } catch (error) {
      // A library that was replaced meanwhile is closed, and the next one has other ratings.
      if (library.current === current) throw error;
    }
  }
}

async function withoutRaters(
  counts: StarCounts,
  bookId: number,
  raters: readonly { readonly user_id: number }[],
  library: Library,
): Promise<StarCounts> {
  const left: [number, number, number, number, number] = [...counts];
  for (const [index, { user_id }] of raters.entries()) {
    const stars = library.starsOf(user_id, bookId);
    // The import takes no other stars than 1 to 5.
    if (stars !== undefined) left[(stars - 1) as 0 | 1 | 2 | 3 | 4]--;
    if (index % TURN === TURN - 1) await setImmediate();
  }
  return left;
}
