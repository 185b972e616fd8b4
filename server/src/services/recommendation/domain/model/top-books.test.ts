import fc from "fast-check";
import { expect, it } from "vitest";
import { bestBooks } from "./best-books.ts";
import { createSumModel } from "./sum-model.ts";
import type { SumModelData } from "./sum-model-data.ts";
import { byPopularity } from "./top-books.ts";

const SIZE = 14;
/** Some so near to each other that they give the same score where they fade. */
const POPULARITIES = [0, 0.1, 0.1 + 2 ** -56, 0.1 + 2 ** -55, 0.2, 0.75];

/** Weights and popularities of few values, so that many books have the same score. */
const arbitraryModel: fc.Arbitrary<SumModelData> = fc
  .record({
    rows: fc.array(fc.uniqueArray(fc.nat({ max: SIZE - 1 }), { maxLength: 5 }), { minLength: SIZE, maxLength: SIZE }),
    weights: fc.array(fc.constantFrom(-0.5, 0.25, 0.5), { minLength: SIZE * 5, maxLength: SIZE * 5 }),
    popularity: fc.array(fc.constantFrom(...POPULARITIES), { minLength: SIZE, maxLength: SIZE }),
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

it("of two popularities that fade to one score, the book of the lower index comes first", () => {
  const [less, more] = [0.1 + 2 ** -56, 0.1 + 2 ** -55];
  const profile = { books: Uint32Array.of(99), weights: Float64Array.of(6) };
  const popularity = Float64Array.from({ length: 100 }, (_, book) => (book === 0 ? less : more));
  const weights = { starts: new Uint32Array(101), targets: new Uint32Array(), weights: new Float32Array() };
  const model = createSumModel({ weights, popularity });
  const scores = new Float64Array(100);
  model.score(profile, scores);
  expect(scores[0]).toBe(scores[1]);
  expect([...model.best(profile, 3)]).toEqual([0, 1, 2]);
});

it("of ever so many books as popular as each other it looks at no more than it needs", () => {
  const size = 10_000;
  const weights = { starts: new Uint32Array(size + 1), targets: new Uint32Array(), weights: new Float32Array() };
  const model = createSumModel({ weights, popularity: new Float64Array(size) });
  const profile = { books: new Uint32Array(), weights: new Float64Array() };
  let looks = 0;
  const allows = () => ++looks > 0;
  expect([...model.choose(profile, 5, { allows }).books]).toEqual([0, 1, 2, 3, 4]);
  expect(looks).toBeLessThan(50);
});
