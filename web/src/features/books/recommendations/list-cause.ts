import type { ReaderRatings } from "../rating/use-reader-ratings.ts";
import type { RankedList } from "./ranked-list.ts";

/** Why a list took the place of the one before. */
export type ListCause =
  /** The reader rated a book, on this page or from another client. */
  | { readonly kind: "rated-here" | "rated-elsewhere"; readonly bookId: number }
  /** Another model is served. */
  | { readonly kind: "model"; readonly version: bigint };

/**
 * Why the list is another one; undefined for a first list. A rating of the book that is still on its way counts as this page's:
 * the list may overtake the answer to the call.
 */
export function listCause(list: RankedList, isOwn: ReaderRatings["isOwn"]): ListCause | undefined {
  const { changedBookId: bookId, sequence, modelChanged, modelVersion } = list;
  if (bookId !== undefined && sequence !== undefined) {
    return { kind: isOwn(bookId, sequence) ? "rated-here" : "rated-elsewhere", bookId };
  }
  return modelChanged && modelVersion > 0n ? { kind: "model", version: modelVersion } : undefined;
}
