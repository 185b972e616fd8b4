import fc from "fast-check";
import { expect, it } from "vitest";
import { countPairs } from "./co-counts.ts";
import { createInteractions } from "./interactions.ts";
import { weightsOfReaders } from "./reader-weights.ts";
import { arbitraryLikes } from "./testing/arbitrary-likes.ts";
import { naiveBooks, naiveCount, naiveWeights } from "./testing/naive-models.ts";

it.each([1, 2])("a count is the weight of the readers who like both, where at least %i do", (minReaders) => {
  fc.assert(
    fc.property(arbitraryLikes, (pairs) => {
      const interactions = createInteractions(pairs);
      const counts = countPairs(interactions, { weights: weightsOfReaders(interactions), minReaders });
      const weights = naiveWeights(pairs);
      const books = naiveBooks(pairs);
      books.forEach((a, first) => {
        const expected = books.map((b) =>
          a !== b && naiveCount(pairs, a, b) >= minReaders ? naiveCount(pairs, a, b, weights) : 0,
        );
        const row = counts.row(first);
        const inRow = new Map(Array.from(row.books, (book, place) => [book, row.counts[place]]));
        expect(inRow.size).toBe(row.books.length);
        expect(inRow.has(first)).toBe(false);
        books.forEach((_, second) => {
          const count = second === first ? 0 : counts.get(first, second);
          expect(count).toBeCloseTo(expected[second] ?? Number.NaN, 5);
          expect(inRow.get(second) ?? 0).toBe(count);
        });
        expect(counts.totals[first]).toBeCloseTo(naiveCount(pairs, a, a, weights), 9);
      });
    }),
    { numRuns: 40 },
  );
});

it("a pair that very many readers like is counted exactly, beside others", () => {
  const count = 70_000;
  const readers = Array.from({ length: 2 * count }, (_, row) => row >> 1);
  const books = readers.map((_, row) => (row & 1) * 2);
  // Books 1 and 3 have one reader each, who likes 2 as well.
  const interactions = createInteractions({ readers: [...readers, 0, 1], books: [...books, 1, 3] });
  const counts = countPairs(interactions, { weights: new Float64Array(count).fill(1), minReaders: 1 });
  const { books: others, counts: own } = counts.row(2);
  const row = Array.from(others, (book, place) => [book, own[place]]).sort();
  expect(row).toEqual([
    [0, count],
    [1, 1],
    [3, 1],
  ]);
  expect([counts.get(0, 2), counts.get(1, 2), counts.get(1, 3)]).toEqual([count, 1, 0]);
});

it("of a reader with very many likes the pairs of some are counted, spread over their popularity", () => {
  const pairs = Array.from({ length: 12 }, (_, book) =>
    Array.from({ length: 12 - book }, (_, reader) => [reader, book] as const),
  ).flat();
  const interactions = createInteractions(pairs);
  const weights = new Float64Array(12).fill(1);
  const { totals, get } = countPairs(interactions, { weights, minReaders: 1, mostLikes: 4 });
  // Reader 0 likes all twelve and counts with 0, 3, 6 and 9; the last with more than four, reader 7, with 0, 1, 2 and 3.
  expect(get(3, 9)).toBe(1);
  expect(get(8, 11)).toBe(0);
  expect(totals[0]).toBe(12);
  expect(totals.reduce((sum, total) => sum + total)).toBe(8 * 4 + 4 + 3 + 2 + 1 - 4 + 4);
});

it("where there is no room for all pairs fewer likes of a long list are counted, and progress goes on once", () => {
  const books = Array.from({ length: 5_000 }, (_, book) => book);
  const interactions = createInteractions({ readers: books.map(() => 0), books });
  const counted = (most?: number) => {
    const steps: number[] = [];
    const weights = Float64Array.of(1);
    const { totals } = countPairs(
      interactions,
      { weights, minReaders: 1, ...(most !== undefined && { most }) },
      (step) => steps.push(step.progress),
    );
    expect(steps).toEqual(Array.from({ length: 101 }, (_, step) => step / 100));
    return totals.reduce((sum, total) => sum + total);
  };
  expect([counted(), counted(100_000), counted(10_000), counted(0)]).toEqual([2_000, 500, 125, 1]);
});
