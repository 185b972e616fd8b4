import type { ItemWeights } from "./item-weights.ts";

/** What a trained model is: all that has to be kept of it to serve it again. */
export interface SumModelData {
  readonly weights: ItemWeights;
  /** What each book gets for being popular, for a reader of whom one book is known or none. */
  readonly popularity: Float64Array;
  /** All books by popularity, where that is known: see `byPopularity`. */
  readonly order?: Uint32Array;
}
