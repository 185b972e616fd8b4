import fc from "fast-check";
import { expect, it } from "vitest";
import { COLD_BOOK_DEFAULTS } from "./cold-books.ts";
import { letColdBooksSpeak } from "./cold-speakers.ts";
import { arbitraryModel, matrixOf } from "./testing/arbitrary-model.ts";
import { naiveColdSpeaker } from "./testing/naive-cold-books.ts";
import { createTraitSimilarity } from "./trait-similarity.ts";

const OPTIONS = { ...COLD_BOOK_DEFAULTS, fewLikes: 3 };

it("a book that few like says what the slow way says, and all others what they said to the last bit", () => {
  fc.assert(
    fc.property(arbitraryModel, ({ model, likes, traits }) => {
      const known = { likes, similarity: createTraitSimilarity(traits) };
      const before = matrixOf(model.weights);
      const after = matrixOf(letColdBooksSpeak(model.weights, known, OPTIONS));
      const isCold = (book: number) => (likes[book] ?? 0) < OPTIONS.fewLikes;
      const expected = Array.from(likes, (_count, book) =>
        naiveColdSpeaker(before, { likes: [...likes], traits }, book, OPTIONS),
      );
      after.forEach((row, book) => {
        row.forEach((weight, target) => {
          expect(weight).toBeCloseTo((isCold(book) ? expected : before)[book]?.[target] ?? Number.NaN, 7);
        });
      });
      expect(after.filter((_row, book) => !isCold(book))).toEqual(before.filter((_row, book) => !isCold(book)));
    }),
    { numRuns: 50 },
  );
});

it("a book that nobody likes says only so much, the strongest, and it is the same in every order of the tags", () => {
  fc.assert(
    fc.property(arbitraryModel, ({ model, likes, traits }) => {
      const speak = (entries: number, shelf = traits) =>
        matrixOf(
          letColdBooksSpeak(
            model.weights,
            { likes, similarity: createTraitSimilarity(shelf) },
            { ...OPTIONS, entries },
          ),
        );
      const strongest = (row: readonly number[] = []) =>
        row
          .map(Math.abs)
          .filter(Boolean)
          .sort((a, b) => b - a);
      const unread = [...likes.keys()].filter((book) => likes[book] === 0);
      const [all, few] = [speak(60), speak(2)];
      expect(unread.map((book) => strongest(few[book]))).toEqual(
        unread.map((book) => strongest(all[book]).slice(0, 2)),
      );
      expect(
        speak(
          60,
          traits.map((book) => ({ ...book, tags: book.tags.toReversed() })),
        ),
      ).toEqual(all);
    }),
    { numRuns: 20 },
  );
});

it("a model in which every book has likes enough stays as it is", () => {
  fc.assert(
    fc.property(arbitraryModel, ({ model, likes, traits }) => {
      const known = { likes, similarity: createTraitSimilarity(traits) };
      expect(letColdBooksSpeak(model.weights, known, { ...OPTIONS, fewLikes: 0 })).toBe(model.weights);
    }),
    { numRuns: 3 },
  );
});
