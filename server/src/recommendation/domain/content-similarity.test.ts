import { describe, expect, it } from "vitest";
import { builtInCatalogue } from "./built-in-catalogue.ts";
import { createContentSimilarity } from "./content-similarity.ts";

const { books } = builtInCatalogue;
const similarity = createContentSimilarity(books);
const indexOf = (title: string) => books.findIndex((book) => book.title === title);
const between = ([a, b]: readonly [string, string]) => similarity(indexOf(a), indexOf(b));

describe("createContentSimilarity", () => {
  it("is symmetric and from 0 to 1.5 for all pairs of books", () => {
    for (const a of books.keys()) {
      for (const b of books.keys()) {
        const value = similarity(a, b);
        // Symmetric but for the last digit: the terms are added in another order.
        if (Math.abs(value - similarity(b, a)) > 1e-12 || value < 0 || value > 1.5 + 1e-12) {
          throw new Error(`similarity of ${a} and ${b} is ${value} and ${similarity(b, a)}`);
        }
      }
    }
  });

  it.each([
    ["the same author", ["Foundation", "I, Robot"], ["Foundation", "Snow Crash"]],
    ["the same time", ["Leviathan Wakes", "The Martian"], ["Leviathan Wakes", "The Time Machine"]],
    ["a shared first category", ["Faceless Killers", "Still Life"], ["Faceless Killers", "Gone Girl"]],
    ["a rare category over a common one", ["The Odyssey", "Paradise Lost"], ["The Odyssey", "Moby-Dick"]],
  ] as const)("finds books more alike for %s", (_, closer, further) => {
    expect(between(closer)).toBeGreaterThan(between(further));
  });

  it("finds nothing alike in books of other authors and categories", () => {
    expect(between(["Still Life", "Ariel"])).toBe(0);
  });
});
