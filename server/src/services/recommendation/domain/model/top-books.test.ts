import fc from "fast-check";
import { expect, it } from "vitest";
import { bestBooks } from "./best-books.ts";
import { createSumModel, type SumModelData } from "./sum-model.ts";
import { byPopularity } from "./top-books.ts";

const SIZE = 14;

/** Weights and popularities of few values, so that many books have the same score. */
const arbitraryModel: fc.Arbitrary<SumModelData> = fc
  .record({
    rows: fc.array(fc.uniqueArray(fc.nat({ max: SIZE - 1 }), { maxLength: 5 }), { minLength: SIZE, maxLength: SIZE }),
    weights: fc.array(fc.constantFrom(-0.5, 0.25, 0.5), { minLength: SIZE * 5, maxLength: SIZE * 5 }),
    popularity: fc.array(fc.constantFrom(0, 0.1, 0.2, 0.75), { minLength: SIZE, maxLength: SIZE }),
  })
  .map(({ rows, weights, popularity }) => {
    const targets = Uint32Array.from(rows.flatMap((row) => row.toSorted((a, b) => a - b)));
    const starts = new Uint32Array(SIZE + 1);
    rows.forEach((row, source) => {
      starts[source + 1] = (starts[source] ?? 0) + row.length;
    });
    return {
      weights: { starts, targets, weights: Float32Array.from(targets, (_, entry) => weights[entry] ?? 0) },
      popularity: Float64Array.from(popularity),
    };
  });

const arbitraryProfile = fc
  .uniqueArray(fc.tuple(fc.nat({ max: SIZE - 1 }), fc.constantFrom(-0.5, 0, 0.5, 1)), { selector: ([book]) => book })
  .map((entries) => ({
    books: Uint32Array.from(entries, ([book]) => book),
    weights: Float64Array.from(entries, ([, weight]) => weight),
  }));

const arbitraryBooks = fc.uniqueArray(fc.nat({ max: SIZE - 1 }), { maxLength: SIZE });
const arbitraryCount = fc.constantFrom(0, 1, 2, 5, SIZE, 300);

it("the best are those that the scores of all books give, with these scores", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ data: arbitraryModel, profile: arbitraryProfile, count: arbitraryCount, left: arbitraryBooks }),
      ),
      (calls) => {
        for (const { data, profile, count, left } of calls) {
          const model = createSumModel(data);
          const scores = new Float64Array(SIZE);
          model.score(profile, scores);
          const expected = bestBooks(scores.slice(), count, left);
          const found = model.choose(profile, count, { allows: (book) => !left.includes(book) });
          expect(found).toEqual({ books: expected, scores: Float64Array.from(expected, (book) => scores[book] ?? 0) });
          expect(model.best(profile, count)).toEqual(bestBooks(scores.slice(), count, profile.books));
        }
      },
    ),
  );
});

it("the best of some books are those of their order that may be chosen, call after call", () => {
  fc.assert(
    fc.property(arbitraryModel, fc.array(fc.tuple(arbitraryProfile, arbitraryBooks, arbitraryCount)), (data, calls) => {
      const model = createSumModel(data);
      for (const [profile, books, count] of calls) {
        const scores = new Float64Array(SIZE);
        model.score(profile, scores);
        const expected = bestBooks(scores, count, [], Uint32Array.from(books).sort());
        const choice = { allows: (book: number) => books.includes(book), order: byPopularity(data.popularity, books) };
        expect(model.choose(profile, count, choice).books).toEqual(expected);
      }
    }),
  );
});
