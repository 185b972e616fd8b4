import type { ItemWeights } from "../model/item-weights.ts";
import { COLD_BOOK_DEFAULTS, type ColdBookData } from "./cold-books.ts";
import { mostAlike } from "./trait-similarity.ts";
import { createWeightCollector, type WeightList } from "./weight-collector.ts";

/**
 * Lets books that few readers like speak for others, so that a reader of such a book gets more than what is popular: beside what the model
 * lets it say, it says what the books most like it say on average, and recommends these themselves the more the more like
 * it they are. What all other books say stays as it is. `likes` and `similarity` are by the indices of the weights.
 */
export function letColdBooksSpeak(
  weights: ItemWeights,
  { likes, similarity }: ColdBookData,
  options = COLD_BOOK_DEFAULTS,
): ItemWeights {
  const isWarm = (book: number) => (likes[book] ?? 0) >= options.fewLikes;
  if (likes.every((_, book) => isWarm(book))) return weights;
  const collector = createWeightCollector(likes.length);
  const said = Array.from(likes, (count, book) => {
    const own = saidBy(weights, book);
    if (isWarm(book)) return own;
    const share = options.halfAt / (options.halfAt + count);
    const alike = similarity.row(book);
    const nearest = mostAlike(alike, options.speakers, isWarm);
    for (const near of nearest) {
      collector.addAll(saidBy(weights, near), share / nearest.length);
      const excess = (alike.likeness[near] ?? 0) - options.leastLikeness;
      if (excess > 0) collector.add(near, share * options.speakerWeight * excess);
    }
    collector.keepStrongest(options.entries);
    collector.addAll(own, 1);
    return collector.take();
  });
  return concatenate(said);
}

/** What a book says for each other. */
function saidBy({ starts, targets, weights }: ItemWeights, book: number): WeightList {
  const [start, end] = [starts[book], starts[book + 1]];
  return { books: targets.subarray(start, end), weights: Float64Array.from(weights.subarray(start, end)) };
}

function concatenate(said: readonly WeightList[]): ItemWeights {
  const starts = new Uint32Array(said.length + 1);
  said.forEach(({ books }, book) => {
    starts[book + 1] = (starts[book] ?? 0) + books.length;
  });
  const length = starts[said.length] ?? 0;
  const targets = new Uint32Array(length);
  const weights = new Float32Array(length);
  said.forEach((row, book) => {
    targets.set(row.books, starts[book]);
    weights.set(row.weights, starts[book]);
  });
  return { starts, targets, weights };
}
