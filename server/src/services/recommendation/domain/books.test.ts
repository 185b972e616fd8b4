import { describe, expect, it } from "vitest";
import { bookRows } from "./books.ts";
import { builtInCatalogue } from "./built-in-catalogue.ts";
import { categoryNames } from "./categories.ts";

const { books, categories } = builtInCatalogue;
const idsOf = (found: readonly { readonly id: number }[]) => found.map(({ id }) => id);

describe("the built-in catalogue", () => {
  it("has the nine books of the older contract under their ids and first categories", () => {
    const nine = books.slice(0, 9).map(({ id, title, categories: [first] }) => `${id} ${title} (${first})`);
    expect(nine).toEqual([
      "1 The Maltese Falcon (mystery)",
      "2 Murder on the Orient Express (mystery)",
      "3 The Hound of the Baskervilles (mystery)",
      "4 The Hitchhiker's Guide to the Galaxy (science-fiction)",
      "5 Ender's Game (science-fiction)",
      "6 The Dune Chronicles (science-fiction)",
      "7 The 7 Habits of Highly Effective People (self-help)",
      "8 How to Win Friends and Influence People (self-help)",
      "9 Man's Search for Meaning (self-help)",
    ]);
  });

  it.each([
    ["mystery", [2, 3, 1]],
    ["science-fiction", [6, 4, 5]],
    ["self-help", [9, 8, 7]],
  ])("lets the older contract's books lead %s", (category, leaders) => {
    expect(idsOf(builtInCatalogue.search({ category, query: "" }).slice(0, 3))).toEqual(leaders);
  });

  it("has at least 240 books with ids of their own, and no book twice", () => {
    expect(books.length).toBeGreaterThanOrEqual(240);
    expect(new Set(idsOf(books)).size).toBe(books.length);
    expect(new Set(books.map(({ title, authors }) => `${title} by ${authors}`)).size).toBe(books.length);
  });

  it("has at least 12 categories, each with a name and at least 8 books", () => {
    expect(categories.map(({ id }) => id).sort()).toEqual(Object.keys(categoryNames).sort());
    expect(categories.length).toBeGreaterThanOrEqual(12);
    expect(categories.filter(({ bookCount }) => bookCount < 8)).toEqual([]);
  });

  it.each(bookRows)("has a sound row %i, %s", (id, title, authors, year, categoryIds, popularity) => {
    expect(Number.isInteger(id) && id >= 1).toBe(true);
    expect([title, ...authors].every((text) => text !== "" && text === text.trim().normalize("NFC"))).toBe(true);
    expect(authors.length).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(year) && year !== 0 && year > -3000 && year <= 2025).toBe(true);
    expect(categoryIds.length).toBeGreaterThanOrEqual(1);
    expect(categoryIds.length).toBeLessThanOrEqual(3);
    expect(new Set(categoryIds).size).toBe(categoryIds.length);
    expect(Number.isInteger(popularity) && popularity >= 1 && popularity <= 100).toBe(true);
  });

  it("spells an author's name one way", () => {
    const spellings = new Map<string, Set<string>>();
    for (const author of books.flatMap(({ authors }) => authors)) {
      const letters = author
        .normalize("NFD")
        .replace(/[^a-z]/gi, "")
        .toLowerCase();
      spellings.set(letters, (spellings.get(letters) ?? new Set()).add(author));
    }
    expect([...spellings.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});
