import fc from "fast-check";
import { createInteractions } from "../../model/interactions.ts";
import type { ItemWeights } from "../../model/item-weights.ts";
import { trainLocalRidge } from "../../model/local-ridge.ts";
import { arbitraryLikes } from "../../model/testing/arbitrary-likes.ts";
import { arbitraryTraits } from "./arbitrary-traits.ts";
import type { Matrix } from "./naive-cold-books.ts";

/** Twenty ids of books, the last five of which no arbitrary likes have. */
export const BOOKS: readonly number[] = Array.from({ length: 20 }, (_, index) => index * 5 + 1);

/** A model of these books, and their likes and traits. */
export const arbitraryModel = fc
  .record({ pairs: arbitraryLikes, traits: arbitraryTraits(BOOKS) })
  .map(({ pairs, traits }) => {
    const interactions = createInteractions(pairs, BOOKS);
    return { model: trainLocalRidge(interactions), likes: interactions.likes, traits };
  });

/** What each of the books (first index) says for each other. */
export function matrixOf({ starts, targets, weights }: ItemWeights): Matrix {
  return BOOKS.map((_id, source) => {
    const row = BOOKS.map(() => 0);
    for (let entry = starts[source] ?? 0; entry < (starts[source + 1] ?? 0); entry++) {
      row[targets[entry] ?? -1] = weights[entry] ?? Number.NaN;
    }
    return row;
  });
}
