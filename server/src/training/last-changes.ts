import type { LoggedLikeChange } from "../storage/sqlite/library-likes.ts";

/** The last of some changes, in the order of the log, of each reader and book: what they come to. */
export function lastChanges(changes: readonly LoggedLikeChange[]): LoggedLikeChange[] {
  return [...new Map(changes.map((change) => [`${change.reader}/${change.book}`, change])).values()];
}
