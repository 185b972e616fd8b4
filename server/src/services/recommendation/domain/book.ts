/** A book of the catalogue. */
export interface Book {
  /** Its number, from 1; what ratings refer to. */
  readonly id: number;
  readonly title: string;
  readonly authors: readonly string[];
  /** The year first published; negative before the common era, 0 when not known. */
  readonly year: number;
  /** The ids of its categories, the most fitting first. */
  readonly categories: readonly string[];
  /** How widely it is read and liked, from 1 to 100: an editorial judgement, not a measurement. */
  readonly popularity: number;
}

/** A kind of book. */
export interface Category {
  /** What clients send, such as `science-fiction`. */
  readonly id: string;
  /** Its name for people, such as `Science fiction`. */
  readonly name: string;
  readonly bookCount: number;
}
