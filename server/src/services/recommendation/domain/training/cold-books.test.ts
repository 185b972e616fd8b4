import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInteractions } from "../model/interactions.ts";
import { trainLocalRidge } from "../model/local-ridge.ts";
import type { SumModelData } from "../model/sum-model-data.ts";
import { COLD_BOOK_DEFAULTS, foldInColdBooks } from "./cold-books.ts";
import { arbitraryModel, BOOKS, matrixOf } from "./testing/arbitrary-model.ts";
import { naiveColdBook } from "./testing/naive-cold-books.ts";
import { createTraitSimilarity } from "./trait-similarity.ts";

const OPTIONS = { ...COLD_BOOK_DEFAULTS, fewLikes: 3, nearest: 4, speakers: 3 };

describe("books that few like", () => {
  it("are spoken for as the slow way says, and all others as before to the last bit", () => {
    fc.assert(
      fc.property(arbitraryModel, ({ model, likes, traits }) => {
        const folded = foldInColdBooks(model, { likes, similarity: createTraitSimilarity(traits) }, OPTIONS);
        const before = { weights: matrixOf(model.weights), popularity: [...model.popularity] };
        const weights = matrixOf(folded.weights);
        likes.forEach((count, book) => {
          const known = {
            popularity: before.popularity[book] ?? 0,
            weights: before.weights.map((row) => row[book] ?? 0),
          };
          const cold = naiveColdBook(before, { likes: [...likes], traits }, book, OPTIONS);
          const expected = count < OPTIONS.fewLikes ? cold : known;
          expect(folded.popularity[book]).toBeCloseTo(expected.popularity, 12);
          weights.forEach((row, source) => {
            expect(row[book]).toBeCloseTo(expected.weights[source] ?? Number.NaN, 7);
          });
        });
      }),
      { numRuns: 50 },
    );
  });

  it("have only so many books that speak for them because of tags and authors, the strongest", () => {
    fc.assert(
      fc.property(arbitraryModel, ({ model, likes, traits }) => {
        const strongest = (data: SumModelData, book: number) =>
          matrixOf(data.weights)
            .map((row) => Math.abs(row[book] ?? 0))
            .filter((weight) => weight > 0)
            .sort((a, b) => b - a);
        const all = foldInColdBooks(model, { likes, similarity: createTraitSimilarity(traits) }, OPTIONS);
        const few = foldInColdBooks(
          model,
          { likes, similarity: createTraitSimilarity(traits) },
          { ...OPTIONS, entries: 2 },
        );
        const unread = [...likes.keys()].filter((book) => likes[book] === 0);
        expect(unread.map((book) => strongest(few, book))).toEqual(
          unread.map((book) => strongest(all, book).slice(0, 2)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("leave a model alone in which every book has likes enough", () => {
    const interactions = createInteractions(
      BOOKS.flatMap((book) => [1, 2, 3].map((reader) => [reader, book] as const)),
    );
    const model = trainLocalRidge(interactions);
    const traits = BOOKS.map((id) => ({ id, authors: ["Ann"], tags: [] }));
    expect(
      foldInColdBooks(model, { likes: interactions.likes, similarity: createTraitSimilarity(traits) }, OPTIONS),
    ).toBe(model);
  });
});
