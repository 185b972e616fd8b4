import { mostPairs } from "../model/co-counts.ts";

// In bytes. A training of 300,000 books and 25 million likes took 0.8 GB.
const BASE = 200 * 2 ** 20;
const PER_BOOK = 1_500;
const PER_LIKE = 40;
const PER_PAIR = 8;
/** A reader's likes are counted in pairs for 2,000 of them at most, so each is in half as many pairs of its own. */
const PAIRS_PER_LIKE = 1_000;

/** How much memory a machine should have to train and to evaluate a model for this many books and likes, in bytes: at most in proportion to both. */
export function bytesToTrain(books: number, likes: number): number {
  const pairs = Math.min((books * books) / 2, PAIRS_PER_LIKE * likes, mostPairs(likes));
  return BASE + PER_BOOK * books + PER_LIKE * likes + PER_PAIR * pairs;
}
