import type { RatingsUnderWay } from "../rating/rating-writer.ts";
import type { RankedList } from "./ranked-list.ts";

/**
 * The book whose rating changed the list, when it was not rated on this page; else undefined. A rating of the book that is
 * still on its way counts as this page's: the list may overtake the answer to the call.
 */
export function changedElsewhere(list: RankedList, { wanted, ownSequences }: RatingsUnderWay): number | undefined {
  const { changedBookId, sequence } = list;
  if (changedBookId === undefined || sequence === undefined) return undefined;
  return wanted.has(changedBookId) || ownSequences.includes(sequence) ? undefined : changedBookId;
}
