import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotFound } from "../../../domain/errors.ts";
import { builtInCatalogue } from "./built-in-catalogue.ts";
import { createCatalogue } from "./catalogue.ts";
import { wordsOf } from "./words.ts";

const { books, categories } = builtInCatalogue;
const anyBook = fc.constantFrom(...books);
const anyCategory = fc.constantFrom("", ...categories.map(({ id }) => id));
const textOf = ({ title, authors }: (typeof books)[number]) => [title, ...authors].join(" ");
const titlesOf = (query: string, category = "") =>
  builtInCatalogue.search({ category, query }).map(({ title }) => title);

describe("find and book", () => {
  it("give the book with an id", () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        expect(builtInCatalogue.find(book.id)).toBe(book);
        expect(builtInCatalogue.book(book.id)).toBe(book);
      }),
    );
  });

  it("tell when there is none", () => {
    expect(builtInCatalogue.find(9999)).toBeUndefined();
    expect(() => builtInCatalogue.book(9999)).toThrow(new NotFound("book 9999 does not exist"));
  });
});

describe("search", () => {
  it("gives all books, most popular first and then by id, when nothing narrows it", () => {
    const all = builtInCatalogue.search({ category: "", query: "" });
    expect(all).toEqual(books.toSorted((a, b) => b.popularity - a.popularity || a.id - b.id));
  });

  it.each([
    ["garcia marq", ["One Hundred Years of Solitude", "Love in the Time of Cholera"]],
    ["ENDER'S", ["Ender's Game"]],
    ["jrr tolkien", ["The Lord of the Rings", "The Hobbit"]],
    ["J.R.R. Tolkien", ["The Lord of the Rings", "The Hobbit"]],
    ["brontë emily", ["Wuthering Heights"]],
    ["catch22", ["Catch-22"]],
    ["ringworld", []],
    ["bbit", []],
  ])("finds %j by the starts of words", (query, titles) => {
    expect(titlesOf(query)).toEqual(titles);
  });

  it.each([
    ["tolkein", ["The Lord of the Rings", "The Hobbit"]],
    ["hobit", ["The Hobbit"]],
    ["jane austin", ["Pride and Prejudice"]],
  ])("finds %j by words spelled almost so", (query, titles) => {
    expect(titlesOf(query)).toEqual(expect.arrayContaining(titles));
  });

  it("puts near spellings after exact ones, the most alike first, and keeps them to the category", () => {
    const bookOf = (id: number, title: string, popularity: number) => ({
      id,
      title,
      authors: [],
      year: 0,
      categories: [id < 4 ? "a" : "b"],
      popularity,
    });
    const catalogue = createCatalogue(
      [bookOf(1, "Indridasen", 9), bookOf(2, "Indridason", 1), bookOf(3, "Indriþassn", 5), bookOf(4, "Indriðason", 3)],
      {},
    );
    const search = (query: string, category = "") => catalogue.search({ category, query }).map(({ id }) => id);
    expect(search("Indridason")).toEqual([4, 2, 1]);
    expect(search("Indridason", "a")).toEqual([2, 1]);
  });

  it("looks for no near spelling where many books have the word, or where it is short", () => {
    const books = Array.from({ length: 12 }, (_, id) => ({
      id: id + 1,
      title: id < 10 ? "Wonderland" : "Wunderland dune",
      authors: [],
      year: 0,
      categories: [],
      popularity: 1,
    }));
    const catalogue = createCatalogue(books, {});
    expect(catalogue.search({ category: "", query: "wonderland" })).toHaveLength(10);
    expect(catalogue.search({ category: "", query: "wonderland x" })).toHaveLength(0);
    expect(catalogue.search({ category: "", query: "dun" })).toHaveLength(2);
    expect(catalogue.search({ category: "", query: "tun" })).toHaveLength(0);
    expect(catalogue.search({ category: "", query: "wonderlamd" })).toHaveLength(12);
    expect(catalogue.search({ category: "", query: "wonderlamd w wo won wond wonde wonder" })).toHaveLength(0);
  });

  it("keeps to a category, wherever a book lists it", () => {
    expect(titlesOf("shelley", "science-fiction")).toEqual(["Frankenstein"]);
    expect(titlesOf("shelley", "romance")).toEqual([]);
  });

  it("finds a book by the starts of some of its words, in any order, case and accents", () => {
    const bookAndQuery = anyBook.chain((book) =>
      fc
        .shuffledSubarray(wordsOf(textOf(book)), { minLength: 1 })
        .chain((words) =>
          fc.tuple(...words.map((word) => fc.integer({ min: 1, max: word.length }).map((end) => word.slice(0, end)))),
        )
        .map((prefixes) => ({ book, query: prefixes.join(" ").toUpperCase() })),
    );
    fc.assert(
      fc.property(bookAndQuery, ({ book, query }) => {
        expect(builtInCatalogue.search({ category: "", query })).toContain(book);
      }),
    );
  });

  it("finds the books of a category among all, in the same order", () => {
    fc.assert(
      fc.property(anyCategory, fc.string({ maxLength: 3 }), (category, query) => {
        const everywhere = builtInCatalogue.search({ category: "", query });
        const expected = everywhere.filter((book) => category === "" || book.categories.includes(category));
        expect(builtInCatalogue.search({ category, query })).toEqual(expected);
      }),
    );
  });

  it("refuses an unknown category and shows the beginning of its name", () => {
    const search = (category: string) => () => builtInCatalogue.search({ category, query: "" });
    expect(search("cooking")).toThrow(new NotFound('category "cooking" does not exist'));
    expect(search("x".repeat(10_000))).toThrow(new NotFound(`category "${"x".repeat(60)}"… does not exist`));
    expect(search(`x${"😀".repeat(60)}`)).toThrow(new NotFound(`category "x${"😀".repeat(59)}"… does not exist`));
    expect(search("constructor")).toThrow(NotFound);
  });
});

describe("categories", () => {
  it("are sorted by name and count their books", () => {
    const names = categories.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(categories).toEqual(
      categories.map((category) => ({
        ...category,
        bookCount: books.filter((book) => book.categories.includes(category.id)).length,
      })),
    );
  });
});

describe("createCatalogue", () => {
  it("refuses two books with one id", () => {
    const book = { id: 1, title: "A", authors: ["X"], year: 1900, categories: ["poetry"], popularity: 5 };
    expect(() => createCatalogue([book, { ...book, title: "B" }], {})).toThrow(
      "two books of the catalogue share an id",
    );
  });
});
