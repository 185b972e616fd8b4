import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryTraits } from "./testing/arbitrary-traits.ts";
import { naiveLikeness } from "./testing/naive-cold-books.ts";
import type { BookTraits } from "./training-data.ts";
import { createTraitSimilarity } from "./trait-similarity.ts";

const ids = [2, 3, 5, 8, 13, 21, 34];

function matrixOf(books: readonly BookTraits[]): number[][] {
  const similarity = createTraitSimilarity(books);
  return books.map((_, book) => {
    const { books: alike, likeness } = similarity.row(book);
    const row = new Array<number>(books.length).fill(0);
    for (const other of alike) row[other] = likeness[other] ?? 0;
    return row;
  });
}

describe("how alike books are", () => {
  it("is what the slow comparison says, to the last bit", () => {
    fc.assert(
      fc.property(arbitraryTraits(ids), (books) => {
        const expected = books.map((_, a) => books.map((_other, b) => naiveLikeness(books, a, b)));
        expect(matrixOf(books)).toEqual(expected);
      }),
    );
  });

  it("is the same both ways, and for tags in another order", () => {
    fc.assert(
      fc.property(arbitraryTraits(ids), (books) => {
        const matrix = matrixOf(books);
        expect(matrix.map((row, a) => row.map((_, b) => matrix[b]?.[a]))).toEqual(matrix);
        const turned = books.map((book) => ({ ...book, tags: book.tags.toReversed() }));
        expect(matrixOf(turned)).toEqual(matrix);
      }),
    );
  });

  it("is 1.5 for the same tags and author, 0.5 for the author alone and 0 for nothing in common", () => {
    const book = (id: number, authors: string[], tags: BookTraits["tags"]) => ({ id, authors, tags });
    const [first = []] = matrixOf([
      book(1, ["Ann"], [["space", 4]]),
      book(2, ["Ann", "Ben"], [["space", 9]]),
      book(3, ["Ann"], []),
      book(4, ["Cid"], [["tea", 1]]),
      book(5, ["Dot"], [["tea", 1]]),
    ]);
    expect(first).toEqual([0, 1.5, 0.5, 0, 0]);
  });

  it("knows an author however the name is spelled", () => {
    const by = (id: number, author: string) => ({ id, authors: [author], tags: [] });
    const [first = []] = matrixOf([by(1, "J.R.R. Tolkien"), by(2, "J. R. R. Tolkien"), by(3, "?"), by(4, "!")]);
    expect(first).toEqual([0, 0.5, 0, 0]);
    expect(matrixOf([by(1, "?"), by(2, "!")])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("counts a rare tag in common for more than a common one", () => {
    const tagged = (id: number, tags: readonly string[]) => ({
      id,
      authors: [],
      tags: tags.map((tag) => [tag, 1] as const),
    });
    const [first = []] = matrixOf([
      tagged(1, ["novel", "elves"]),
      tagged(2, ["elves", "tea"]),
      tagged(3, ["novel", "tea"]),
      tagged(4, ["novel", "tea"]),
    ]);
    expect(first[1]).toBeGreaterThan(first[2] ?? 1);
  });

  it("knows a tag that a book has twice once, and none that weighs nothing", () => {
    const [first = []] = matrixOf([
      {
        id: 1,
        authors: [],
        tags: [
          ["tea", 2],
          ["tea", 2],
          ["war", 0],
        ],
      },
      {
        id: 2,
        authors: [],
        tags: [
          ["tea", 1],
          ["war", 5],
        ],
      },
      { id: 3, authors: [], tags: [["war", 1]] },
    ]);
    expect(first[1]).toBeGreaterThan(0);
    expect(first[2]).toBe(0);
  });
});
