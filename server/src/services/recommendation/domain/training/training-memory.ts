// In bytes. A training of 300,000 books and 25 million likes took half of what this makes of it.
const BASE = 200 * 2 ** 20;
const PER_BOOK = 1_500;
const PER_LIKE = 40;

/** How much memory a machine should have to train a model for this many books and likes, in bytes: in proportion to both. */
export function bytesToTrain(books: number, likes: number): number {
  return BASE + PER_BOOK * books + PER_LIKE * likes;
}
