import { createInteractions, type Interactions, indexOfId, type LikedPairs } from "../model/interactions.ts";
import { LOCAL_RIDGE_DEFAULTS, trainLocalRidge } from "../model/local-ridge.ts";
import { byPopularity } from "../model/top-books.ts";
import type { OnTrainingStep } from "../model/training-step.ts";
import { foldInColdBooks } from "./cold-books.ts";
import { letColdBooksSpeak } from "./cold-speakers.ts";
import type { ServedModel, TrainingData } from "./training-data.ts";
import { createTraitSimilarity } from "./trait-similarity.ts";

/**
 * Trains the model that is served: local ridge over every book of the catalogue, and what tags and authors say of those that few readers
 * like and for their readers. `onProgress` is called at most 202 times. The same data, in any order, give identical bytes.
 * @throws RangeError for an id that is none.
 */
export function trainServedModel({ likes, books }: TrainingData, onProgress: OnTrainingStep = () => {}): ServedModel {
  const interactions = interactionsOf(likes, Int32Array.from(books, ({ id }) => id).sort());
  const traits = books.toSorted((a, b) => a.id - b.id);
  const trained = trainLocalRidge(interactions, LOCAL_RIDGE_DEFAULTS, onProgress);
  const known = { likes: interactions.likes, similarity: createTraitSimilarity(traits) };
  const { weights, popularity } = foldInColdBooks(trained, known);
  return {
    bookIds: interactions.bookIds,
    weights: letColdBooksSpeak(weights, known),
    popularity,
    bookLikes: interactions.likes,
    readers: interactions.readerIds.length,
    likes: interactions.books.length,
    mostLikes: trained.mostLikes,
    order: byPopularity(popularity),
  };
}

/**
 * Who likes which of the books with these ids, which are ascending: what a model of these books is trained with.
 * @throws RangeError for an id that is none.
 */
export function interactionsOf(likes: LikedPairs, ids: Int32Array): Interactions {
  return createInteractions(likesOf(likes, ids), ids);
}

function likesOf(likes: LikedPairs, ids: Int32Array): LikedPairs {
  const { readers, books } = likes;
  // Nearly always all books are known, and a copy of millions of rows is a large part of what a training needs.
  let known = true;
  for (let row = 0; row < books.length && known; row++) known = indexOfId(ids, books[row] ?? -1) >= 0;
  if (known) return likes;
  const rows = Uint32Array.from(books, (_id, row) => row).filter((row) => indexOfId(ids, books[row] ?? -1) >= 0);
  return {
    readers: Int32Array.from(rows, (row) => readers[row] ?? -1),
    books: Int32Array.from(rows, (row) => books[row] ?? -1),
  };
}
