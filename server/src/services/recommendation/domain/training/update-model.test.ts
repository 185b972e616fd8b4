import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInCatalogue } from "../built-in-catalogue.ts";
import { arbitraryLikes } from "../model/testing/arbitrary-likes.ts";
import { naiveLikes, naiveRidgeWeights, naiveScale, naiveWeights, type Pairs } from "../model/testing/naive-models.ts";
import { createRankingRecommender } from "../ranking-recommender.ts";
import { createSampleReaders } from "../sample-readers.ts";
import { arbitraryTraits } from "./testing/arbitrary-traits.ts";
import { interactionsOf, trainServedModel } from "./train-served-model.ts";
import type { BookTraits, ServedModel, TrainingData } from "./training-data.ts";
import { createModelUpdater, type ModelUpdater } from "./update-model.ts";

const BOOKS = Array.from({ length: 15 }, (_, index) => index * 5 + 1);
const NO_TRAITS: readonly BookTraits[] = BOOKS.map((id) => ({ id, authors: [], tags: [] }));

/** Likes to be given where they are not, and taken back where they are; of some readers that are new. */
const arbitraryToggles = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 15 }).map((reader) => reader * 7),
    fc.constantFrom(...BOOKS),
  ),
  { minLength: 1, maxLength: 8 },
);

function dataOf(pairs: Pairs, books: readonly BookTraits[]): TrainingData {
  return { likes: { readers: pairs.map(([reader]) => reader), books: pairs.map(([, book]) => book) }, books };
}

function updaterOf(data: TrainingData) {
  const model = trainServedModel(data);
  return { model, updater: createModelUpdater(model, interactionsOf(data.likes, model.bookIds)) };
}

function solveAll(updater: ModelUpdater): ServedModel {
  while (updater.pending > 0) updater.solveNext();
  return updater.updated();
}

/** What speaks for each book, by ids: all weights of a model. */
function tableOf({ bookIds, weights }: ServedModel): Map<number, Map<number, number>> {
  const table = new Map(Array.from(bookIds, (id) => [id, new Map<number, number>()]));
  bookIds.forEach((source, index) => {
    for (let entry = weights.starts[index] ?? 0; entry < (weights.starts[index + 1] ?? 0); entry++)
      table.get(bookIds[weights.targets[entry] ?? 0] ?? 0)?.set(source, weights.weights[entry] ?? 0);
  });
  return table;
}

function toggle(pairs: Pairs, reader: number, book: number) {
  const liked = !naiveLikes(pairs, reader).has(book);
  const next: Pairs = liked ? [...pairs, [reader, book]] : pairs.filter(([r, b]) => r !== reader || b !== book);
  return { liked, next };
}

function expectClose(row: ReadonlyMap<number, number> | undefined, expected: ReadonlyMap<number, number>): void {
  const close = [...expected].map(([source, weight]) => [source, expect.closeTo(weight, 6)] as const);
  expect(row).toEqual(new Map(close.sort(([a], [b]) => a - b)));
}

describe("a model that is brought up to date", () => {
  it("has for each book of a reader whose likes changed what the slow model says of the likes of that moment, and else what it had", () => {
    fc.assert(
      fc.property(arbitraryLikes, fc.array(arbitraryToggles, { minLength: 1, maxLength: 3 }), (start, batches) => {
        const { model, updater } = updaterOf(dataOf(start, NO_TRAITS));
        const scale = naiveScale(start);
        let pairs: Pairs = start;
        let before = tableOf(model);
        for (const batch of batches) {
          const affected = new Set<number>();
          for (const [reader, book] of batch) {
            const { liked, next } = toggle(pairs, reader, book);
            for (const own of [...naiveLikes(pairs, reader), ...naiveLikes(next, reader)]) affected.add(own);
            updater.change({ reader, book, liked });
            pairs = next;
          }
          const now = tableOf(solveAll(updater));
          const weights = naiveWeights(pairs, scale);
          for (const book of BOOKS) {
            const expected = affected.has(book) ? naiveRidgeWeights(pairs, book, { weights }) : before.get(book);
            expectClose(now.get(book), expected ?? new Map());
          }
          before = now;
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is the trained one to the last byte when all is as it was", () => {
    fc.assert(
      fc.property(arbitraryLikes, arbitraryToggles, (pairs, toggles) => {
        const { model, updater } = updaterOf(dataOf(pairs, NO_TRAITS));
        const undo: Parameters<ModelUpdater["change"]>[0][] = [];
        let now: Pairs = pairs;
        for (const [reader, book] of toggles) {
          const { liked, next } = toggle(now, reader, book);
          updater.change({ reader, book, liked });
          undo.unshift({ reader, book, liked: !liked });
          now = next;
        }
        solveAll(updater);
        for (const change of undo) updater.change(change);
        const { weights, bookLikes } = solveAll(updater);
        expect({ weights, bookLikes }).toEqual({ weights: model.weights, bookLikes: model.bookLikes });
      }),
      { numRuns: 40 },
    );
  });

  it("leaves what tags and authors say as it was trained", () => {
    fc.assert(
      fc.property(arbitraryLikes, arbitraryTraits(BOOKS), arbitraryToggles, (pairs, traits, toggles) => {
        const differences = [traits, NO_TRAITS].map((books) => {
          const { model, updater } = updaterOf(dataOf(pairs, books));
          let now: Pairs = pairs;
          for (const [reader, book] of toggles) {
            const { liked, next } = toggle(now, reader, book);
            updater.change({ reader, book, liked });
            now = next;
          }
          const [before, after] = [tableOf(model), tableOf(solveAll(updater))];
          return BOOKS.map((target) =>
            BOOKS.map((source) => (after.get(target)?.get(source) ?? 0) - (before.get(target)?.get(source) ?? 0)),
          );
        });
        const [withTraits = [], without = []] = differences;
        withTraits.forEach((row, target) => {
          row.forEach((difference, source) => {
            expect(difference).toBeCloseTo(without[target]?.[source] ?? Number.NaN, 6);
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  it("counts a like for the popularity of its book, and nothing for a book that it does not have", () => {
    const { model, updater } = updaterOf(
      dataOf(
        [
          [1, 6],
          [2, 6],
          [2, 11],
        ],
        NO_TRAITS,
      ),
    );
    updater.change({ reader: 3, book: 11, liked: true });
    updater.change({ reader: 1, book: 6, liked: false });
    updater.change({ reader: 3, book: 12, liked: true });
    const { popularity, bookLikes, order } = solveAll(updater);
    expect([...bookLikes.subarray(1, 3)]).toEqual([1, 2]);
    expect([popularity[1], popularity[2]]).toEqual([
      (model.popularity[1] ?? 0) - 0.25,
      (model.popularity[2] ?? 0) + 0.25,
    ]);
    expect([...order.subarray(0, 2)]).toEqual([2, 1]);
  });

  it("solves no more books again than it may, so that memory has a bound", () => {
    const data = dataOf(
      [
        [1, 6],
        [1, 11],
        [2, 6],
        [2, 11],
      ],
      NO_TRAITS,
    );
    const model = trainServedModel(data);
    const updater = createModelUpdater(model, interactionsOf(data.likes, model.bookIds), {
      neighbours: 100,
      lambda: 50,
      leastWeight: 0,
      popularityWeight: 0.5,
      mostRows: 1,
    });
    updater.change({ reader: 1, book: 16, liked: true });
    solveAll(updater);
    expect([updater.solved, updater.pending]).toEqual([1, 0]);
  });
});

it("a book that five readers like from now on is recommended to others who like what they like", () => {
  const { books } = builtInCatalogue;
  const traits = books.map(({ id, authors }) => ({ id, authors, tags: [] }));
  const data = { likes: createSampleReaders(books), books: traits };
  const { model, updater } = updaterOf(data);
  const listed = (served: ServedModel, ratings: readonly { bookId: number; stars: number }[]) =>
    createRankingRecommender(builtInCatalogue, served)
      .recommend({ ratings, category: "", limit: 10 })
      .recommendations.map(({ book }) => book.id);
  const fantasy = books.filter(({ categories }) => categories[0] === "fantasy").slice(0, 4);
  const ratings = fantasy.map(({ id }) => ({ bookId: id, stars: 5 }));
  // The one that the model would recommend last.
  const [least] = books
    .filter(({ categories }) => categories.every((category) => category !== "fantasy"))
    .toSorted((a, b) => a.popularity - b.popularity || a.id - b.id);
  expect(listed(model, ratings)).not.toContain(least?.id);
  for (let reader = 1; reader <= 5; reader++)
    for (const { id } of [...fantasy, { id: least?.id ?? 0 }]) updater.change({ reader, book: id, liked: true });
  expect(listed(solveAll(updater), ratings)).toContain(least?.id);
});
