import type { LikedPairs } from "../model/interactions.ts";

/** What readers made of books. */
export interface Feedback {
  /** What they like: what a model is trained on, and what is held out to test it. */
  readonly likes: LikedPairs;
  /** Books that they know and like less, with what each counts for in a profile, from −1 to below 1; a column more of the same length. */
  readonly others: LikedPairs & { readonly weights: ArrayLike<number> };
}
