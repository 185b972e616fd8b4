import fc from "fast-check";
import { expect, it } from "vitest";
import { countPairs } from "./co-counts.ts";
import { createInteractions } from "./interactions.ts";
import { arbitraryLikes } from "./testing/arbitrary-likes.ts";
import { naiveBooks, naiveCount } from "./testing/naive-models.ts";

it("a co-count is how many readers like both, in both orders and in the row of each", () => {
  fc.assert(
    fc.property(arbitraryLikes, (pairs) => {
      const counts = countPairs(createInteractions(pairs));
      const books = naiveBooks(pairs);
      const row = new Uint32Array(books.length);
      books.forEach((a, first) => {
        const expected = books.map((b) => (a === b ? 0 : naiveCount(pairs, a, b)));
        counts.row(first, row.fill(7));
        expect([...row]).toEqual(expected);
        const others = books.map((_, second) => second).filter((second) => second !== first);
        expect(others.map((second) => counts.get(first, second))).toEqual(
          expected.filter((_, second) => second !== first),
        );
      });
    }),
    { numRuns: 40 },
  );
});

it.each([255, 256, 257, 70_000])("a pair that %i readers like is counted exactly, beside others", (count) => {
  const readers = Array.from({ length: 2 * count }, (_, row) => row >> 1);
  const books = readers.map((_, row) => (row & 1) * 2);
  // Books 1 and 3 have one reader each, who likes 2 as well.
  const counts = countPairs(createInteractions({ readers: [...readers, 0, 1], books: [...books, 1, 3] }));
  expect(counts.get(0, 2)).toBe(count);
  const row = new Uint32Array(4);
  counts.row(2, row);
  expect([...row]).toEqual([count, 1, 0, 1]);
  counts.row(0, row);
  expect([...row]).toEqual([0, 1, count, 1]);
});

it("a catalogue too large for a triangle is refused", () => {
  const books = Array.from({ length: 60_001 }, (_, book) => book);
  expect(() => countPairs(createInteractions({ readers: books, books }))).toThrow("at most 60000 books: got 60001");
});
