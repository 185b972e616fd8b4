import { mostPairs } from "../model/co-counts.ts";

// In bytes. A training of 300,000 books and 25 million likes took 0.8 GB.
const BASE = 200 * 2 ** 20;
const PER_BOOK = 1_500;
const PER_LIKE = 40;
const PER_PAIR = 8;
/** A reader's likes are counted in pairs for 2,000 of them at most, so each is in half as many pairs of its own. */
const PAIRS_PER_LIKE = 1_000;
/**
 * What keeps the model before up to date goes on during a training: it has the likes in both directions, and where it hands a model over three copies of its
 * weights, of which a book has about sixty of 8 bytes.
 */
const UPDATE_PER_LIKE = 20;
const UPDATE_PER_BOOK = 3 * 60 * 8;

/** How much memory a machine should have to train and to evaluate a model for this many books and likes while another is kept up to date, in bytes: at most in proportion to both. */
export function bytesToTrain(books: number, likes: number): number {
  const pairs = Math.min((books * books) / 2, PAIRS_PER_LIKE * likes, mostPairs(likes));
  return BASE + (PER_BOOK + UPDATE_PER_BOOK) * books + (PER_LIKE + UPDATE_PER_LIKE) * likes + PER_PAIR * pairs;
}
