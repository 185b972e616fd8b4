import { describe, expect, it } from "vitest";
import type { Book } from "./book.ts";
import { createCatalogue } from "./catalogue.ts";
import { createFit, searchTextOf, withoutSeries } from "./search-text.ts";
import { wordsOf } from "./words.ts";

const bookOf = (title: string, ...authors: string[]): Book => ({
  id: 1,
  title,
  authors,
  year: 0,
  categories: [],
  popularity: 1,
});
const fit = (query: string, title: string, ...authors: string[]) =>
  createFit(wordsOf(query))(searchTextOf(bookOf(title, ...authors)));

describe("withoutSeries", () => {
  it.each([
    ["Dune (Dune Chronicles #1)", "Dune"],
    ["The Hunger Games (The Hunger Games, #1)", "The Hunger Games"],
    ["Howl (and Other Poems)", "Howl (and Other Poems)"],
    ["1984", "1984"],
    ["(#1)", ""],
  ])("makes of %j %j", (title, expected) => {
    expect(withoutSeries(title)).toBe(expected);
  });
});

describe("how well a book fits", () => {
  it.each([
    ["its whole title", "dune", "Dune (Dune Chronicles, #1)", "Frank Herbert"],
    ["its title without the article", "hobbit", "The Hobbit", "J. R. R. Tolkien"],
    ["the name of an author", "emily bronte", "Wuthering Heights", "Emily Brontë"],
    ["the name of another author", "neil gaiman", "Good Omens", "Terry Pratchett", "Neil Gaiman"],
  ])("is best for %s", (_, query, title, ...authors) => {
    expect(fit(query, title, ...authors)).toBe(7);
  });

  it("is better for what it begins with than for what stands in it, and that than for what is scattered", () => {
    const [begins, author, inside, scattered] = [
      fit("game of", "A Game of Thrones", "George R. R. Martin"),
      fit("martin", "A Game of Thrones", "George R. R. Martin"),
      fit("of thrones", "A Game of Thrones", "George R. R. Martin"),
      fit("thrones game", "A Game of Thrones", "George R. R. Martin"),
    ];
    expect([begins, author, inside, scattered]).toEqual([5, 5, 3, 1]);
  });

  it("is better for whole words, but a word of up to two letters may be one that is being typed", () => {
    expect([fit("king", "King Lear"), fit("kin", "King Lear"), fit("ki", "King Lear")]).toEqual([5, 4, 5]);
  });
});

it("puts books that fit better first, and then the more popular", () => {
  const books = [
    { ...bookOf("Sand and Dune Grass", "A"), id: 1, popularity: 99 },
    { ...bookOf("Dune", "B"), id: 2, popularity: 1 },
    { ...bookOf("Dune Messiah", "C"), id: 3, popularity: 5 },
    { ...bookOf("Dune Road", "D"), id: 4, popularity: 50 },
    { ...bookOf("Dunes", "E"), id: 5, popularity: 60 },
  ];
  const found = createCatalogue(books, {}).search({ category: "", query: "dune" });
  expect(found.map(({ id }) => id)).toEqual([2, 4, 3, 5, 1]);
});
