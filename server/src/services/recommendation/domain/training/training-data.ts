import type { LikedPairs } from "../model/interactions.ts";
import type { SumModelData } from "../model/sum-model-data.ts";

/** What is known of a book besides who likes it. */
export interface BookTraits {
  readonly id: number;
  readonly authors: readonly string[];
  /** What readers call it and how much each tag says of it: a count or another weight above 0. */
  readonly tags: readonly (readonly [tag: string, weight: number])[];
}

/** What a model is trained on: who likes what, and the books of the catalogue; likes of other books are passed over. */
export interface TrainingData {
  readonly likes: LikedPairs;
  /** Every book that is to be ranked, each once, whether anybody likes it or not. */
  readonly books: readonly BookTraits[];
}

/** A trained model as plain data: what the threads hand over to each other, and what is stored. */
export interface ServedModel extends SumModelData {
  /** The ids of the books that it ranks, ascending; everything else means them by their index in here. */
  readonly bookIds: Int32Array;
  /** How many readers like each book, which its popularity does not tell where few do. */
  readonly bookLikes: Uint32Array;
  /** How many readers who like at least one of the books it learned from. */
  readonly readers: number;
  /** How many likes it learned from. */
  readonly likes: number;
  /** Of readers with more likes the pairs of so many were counted. */
  readonly mostLikes: number;
  /** All books by popularity: see `byPopularity`. */
  readonly order: Uint32Array;
}
