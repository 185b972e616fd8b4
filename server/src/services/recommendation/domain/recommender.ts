import type { Book } from "./book.ts";
import type { ListFilter } from "./list-filter.ts";
import type { Rating } from "./rating-store.ts";

/** A book that a reader has an opinion on. */
export interface OwnBook {
  readonly book: Book;
  /** The stars the reader gave it, 1 to 5. */
  readonly stars: number;
}

/** For whom to recommend what. */
export interface RecommendationQuery {
  /**
   * What the reader thinks of which books, in any order and each book once; a book that the reader only wants to read is one of 4 stars.
   * Books that are not in the catalogue count for nothing.
   */
  readonly ratings: readonly Pick<Rating, "bookId" | "stars">[];
  /** The id of a category of the catalogue; empty means all. */
  readonly category: string;
  /** How many books at most, from 0. */
  readonly limit: number;
  /** Whether the list should be diverse: see `diversify`. */
  readonly diverse?: boolean;
  /** How many books of one author a diverse list has at most: see `diversify`. */
  readonly mostByAuthor?: number | undefined;
  /** What else the books have to be; `category` counts among its categories. Any book that is not rated where it is left out. */
  readonly filter?: ListFilter;
}

/** What one of the reader's books contributes to a recommendation. */
export interface Influence extends OwnBook {
  /** Its share of all that speaks for the recommended book: above 0, and at most 1 over all influences together. */
  readonly share: number;
  /** What it adds to the score, in the unit of the score; above 0. */
  readonly contribution: number;
}

/** A recommended book and why. */
export interface Recommendation {
  readonly book: Book;
  /** Higher is better; comparable within one list only, and below zero when more speaks against the book. */
  readonly score: number;
  readonly reason: {
    /** One sentence for people. */
    readonly summary: string;
    /** The reader's books that speak for it most, the strongest first; empty when it is its popularity that does. */
    readonly influences: readonly Influence[];
    /** What its popularity adds to the score. */
    readonly popularity: number;
  };
}

/** What put a list in its order: the reader's own ratings, by a model; or how popular the books are. */
export type RankedBy = "model" | "popularity";

/** A list of recommendations and what put it in its order. */
export interface RankedList {
  readonly recommendations: readonly Recommendation[];
  readonly by: RankedBy;
}
