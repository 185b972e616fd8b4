/** What is known of one reader, as two lists of the same length; books by their index in the interactions, each once. */
export interface Profile {
  readonly books: Uint32Array;
  /** What each of the books counts for: see `weightOfStars`. A book of weight 0 is known to the reader and says nothing. */
  readonly weights: Float64Array;
}

/** The profile of a reader of whom only likes are known: each counts 1. */
export function profileOfLikes(books: Uint32Array): Profile {
  return { books, weights: new Float64Array(books.length).fill(1) };
}

/** What a dislike counts for: against what a like would speak for. Chosen by what `npm run evaluate` says of it. */
const DISLIKE = -1;

/**
 * What a rating says of a reader: 4 and 5 stars 1, like a book on the wish list; 3 stars 0.5; fewer −1, for what is like a book that a
 * reader dislikes is not what to recommend.
 */
export function weightOfStars(stars: number): number {
  if (stars >= 4) return 1;
  return stars === 3 ? 0.5 : DISLIKE;
}
