import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInteractions } from "./interactions.ts";
import { trainItemKnn } from "./item-knn.ts";
import { LOCAL_RIDGE_DEFAULTS, trainLocalRidge } from "./local-ridge.ts";
import type { Profile } from "./profile.ts";
import type { SumModel } from "./sum-model.ts";
import { arbitraryLikes } from "./testing/arbitrary-likes.ts";
import { naiveBooks, naiveCount, naiveNeighbours, naiveRidgeWeights, type Pairs } from "./testing/naive-models.ts";

/** A profile of some books of the catalogue, in any order. */
function arbitraryProfile(size: number): fc.Arbitrary<Profile> {
  return fc
    .uniqueArray(fc.tuple(fc.nat({ max: size - 1 }), fc.constantFrom(-1, 0, 0.5, 1)), { selector: ([book]) => book })
    .map((entries) => ({
      books: Uint32Array.from(entries, ([book]) => book),
      weights: Float64Array.from(entries, ([, weight]) => weight),
    }));
}

const likesAndProfile = arbitraryLikes.chain((pairs) =>
  fc.tuple(fc.constant(pairs), arbitraryProfile(naiveBooks(pairs).length)),
);

function scoresOf(model: SumModel, profile: Profile): Float64Array {
  const scores = new Float64Array(model.popularity.length).fill(9);
  model.score(profile, scores);
  return scores;
}

function naiveScores(
  pairs: Pairs,
  profile: Profile,
  weightsFor: (book: number) => ReadonlyMap<number, number>,
  popularityWeight: number,
): number[] {
  const books = naiveBooks(pairs);
  const total = profile.weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const known = Math.max(1, total);
  const fade = total === 0 ? 1 : Math.min(1, (1 + known) / 4) / Math.sqrt(known);
  const readers = new Set(pairs.map(([reader]) => reader)).size;
  return books.map((book) => {
    const from = weightsFor(book);
    const popularity = ((popularityWeight * naiveCount(pairs, book, book)) / readers) * fade;
    return profile.weights.reduce((sum, weight, index) => {
      return sum + weight * (from.get(books[profile.books[index] ?? -1] ?? -1) ?? 0);
    }, popularity);
  });
}

function expectClose(scores: Float64Array, expected: readonly number[]): void {
  expect(scores.length).toBe(expected.length);
  expected.forEach((value, book) => {
    expect(scores[book]).toBeCloseTo(value, 6);
  });
}

function bytesOf({ weights, popularity }: SumModel): Uint8Array[] {
  return [weights.starts, weights.targets, weights.weights, popularity].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
}

describe("local ridge", () => {
  it("scores as the slow model does", () => {
    fc.assert(
      fc.property(likesAndProfile, ([pairs, profile]) => {
        const scores = scoresOf(trainLocalRidge(createInteractions(pairs)), profile);
        expectClose(
          scores,
          naiveScores(pairs, profile, (book) => naiveRidgeWeights(pairs, book), 0.5),
        );
      }),
      { numRuns: 25 },
    );
  });

  it("lets only the nearest books speak for a book, and only if they say enough, as the slow model does", () => {
    const options = { ...LOCAL_RIDGE_DEFAULTS, neighbours: 3, lambda: 2, leastWeight: 0.3 };
    fc.assert(
      fc.property(likesAndProfile, ([pairs, profile]) => {
        const scores = scoresOf(trainLocalRidge(createInteractions(pairs), options), profile);
        expectClose(
          scores,
          naiveScores(pairs, profile, (book) => naiveRidgeWeights(pairs, book, options), 0.5),
        );
      }),
      { numRuns: 25 },
    );
  });

  it("says by hand what two books that four of six readers like both say for each other", () => {
    const pairs: Pairs = [1, 2, 3, 4].flatMap((reader) => [[reader, 1] as const, [reader, 2] as const]);
    const model = trainLocalRidge(createInteractions([...pairs, [5, 1], [6, 2]]));
    // 10 likes weigh 10 in all: those of the four who like two books w ÷ √2 each, those of the two who like one w.
    const w = 10 / (4 * Math.sqrt(2) + 2);
    const both = (4 * w) / Math.sqrt(2);
    const said = both / (both + w + 50);
    expect([...model.weights.weights]).toEqual([expect.closeTo(said, 7), expect.closeTo(said, 7)]);
    expect(model.contributions({ books: Uint32Array.of(0), weights: Float64Array.of(0.5) }, Uint32Array.of(1))).toEqual(
      [{ popularity: (0.25 * 5) / 6, terms: Float64Array.of(0.5 * (model.weights.weights[0] ?? 0)) }],
    );
  });
});

describe("item kNN", () => {
  it("scores as the slow model does", () => {
    const near = (pairs: Pairs, book: number) =>
      new Map(naiveNeighbours(pairs, book, { count: 4, minCoCount: 1 }).map((found) => [found.book, found.similarity]));
    fc.assert(
      fc.property(likesAndProfile, ([pairs, profile]) => {
        const scores = scoresOf(trainItemKnn(createInteractions(pairs), 4), profile);
        expectClose(
          scores,
          naiveScores(pairs, profile, (book) => near(pairs, book), 0),
        );
      }),
      { numRuns: 25 },
    );
  });

  it("says by hand how near two books are", () => {
    const model = trainItemKnn(
      createInteractions(
        [1, 2, 3, 4].flatMap(
          (reader) =>
            [
              [reader, 1],
              [reader, 2],
            ] as const,
        ),
      ),
    );
    expect([...model.weights.weights]).toEqual([Math.fround(4 / 14), Math.fround(4 / 14)]);
  });
});

describe.each([
  ["local ridge", trainLocalRidge],
  ["item kNN", trainItemKnn],
])("%s", (_name, train: (interactions: ReturnType<typeof createInteractions>) => SumModel) => {
  it("is the same to the last byte after two trainings, whatever the order of the rows", () => {
    fc.assert(
      fc.property(
        arbitraryLikes.chain((pairs) =>
          fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
        ),
        ([pairs, shuffled]) => {
          const bytes = bytesOf(train(createInteractions(pairs)));
          expect(bytesOf(train(createInteractions(pairs)))).toEqual(bytes);
          expect(bytesOf(train(createInteractions(shuffled)))).toEqual(bytes);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("explains each score to the last bit", () => {
    fc.assert(
      fc.property(likesAndProfile, ([pairs, profile]) => {
        const model = train(createInteractions(pairs));
        const scores = scoresOf(model, profile);
        const books = Uint32Array.from(scores, (_score, book) => book).reverse();
        const sums = model
          .contributions(profile, books)
          .map(({ popularity, terms }) => terms.reduce((sum, term) => sum + term, popularity));
        expect(sums).toEqual(Array.from(books, (book) => scores[book]));
      }),
    );
  });

  it("scores everybody of whom nothing is known by popularity or not at all", () => {
    const model = train(
      createInteractions([
        [1, 1],
        [1, 2],
        [2, 2],
      ]),
    );
    expect(scoresOf(model, { books: Uint32Array.of(), weights: Float64Array.of() })).toEqual(model.popularity);
  });
});
