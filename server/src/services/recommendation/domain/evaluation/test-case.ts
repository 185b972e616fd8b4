import type { Interactions } from "../model/interactions.ts";
import type { Profile } from "../model/profile.ts";
import type { Series } from "../series.ts";

/** One reader of a test; books by index in the training interactions. */
export interface TestCase {
  /** What the models are told: what the reader likes, of what was not held out, and then what the reader knows and likes less. */
  readonly profile: Profile;
  /** What the reader likes besides, of which no model is told; one index past the last stands for books that no training reader likes. */
  readonly heldOut: Uint32Array;
  /** What the reader dislikes besides, of which no model is told either. */
  readonly disliked: Uint32Array;
}

/** What is known of the books of a split, by their index. */
export interface Shelf {
  /** The main author of a book: see `authorKey`. */
  authorOf(book: number): string | undefined;
  readonly seriesOf: ReadonlyMap<number, Series>;
}

/** Interactions to train on, and readers to test with. */
export interface Split {
  readonly train: Interactions;
  readonly cases: readonly TestCase[];
  /** Undefined where nothing is known of the books but who likes them. */
  readonly shelf?: Shelf | undefined;
}
