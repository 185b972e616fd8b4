import fc from "fast-check";
import { expect, it } from "vitest";
import type { Book } from "../../services/recommendation/domain/book.ts";
import { byPopularity, createPlainIndex } from "../../services/recommendation/domain/book-index.ts";
import { builtInBooks } from "../../services/recommendation/domain/built-in-catalogue.ts";
import { createCatalogue } from "../../services/recommendation/domain/catalogue.ts";
import { searchTextOf } from "../../services/recommendation/domain/search-text.ts";
import { wordsOf } from "../../services/recommendation/domain/words.ts";
import { createFullTextIndex } from "./full-text-index.ts";

const noPause = () => Promise.resolve();
const indexOf = (books: readonly Book[]) => createFullTextIndex(byPopularity(books).map(searchTextOf), noPause);

const shelf = byPopularity(builtInBooks);
const [plain, index] = [createPlainIndex(shelf), await indexOf(builtInBooks)];

it("finds what looking at every book finds, for the starts of words of books and for anything", () => {
  const starts = fc
    .constantFrom(...builtInBooks)
    .chain(({ title, authors }) => fc.constantFrom(...wordsOf(`${title} ${authors.join(" ")}`)))
    .chain((word) => fc.integer({ min: 1, max: word.length }).map((end) => word.slice(0, end)));
  const anything = fc.string({ unit: "grapheme", maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.oneof(starts, starts, anything), { minLength: 1, maxLength: 4 }), (texts) => {
      const words = wordsOf(texts.join(" "));
      fc.pre(words.length > 0);
      const alone = words.map((word) => [word]);
      expect(index.find(alone)).toEqual(plain.find(alone));
      expect(index.find([words, ["the"]])).toEqual(plain.find([words, ["the"]]));
    }),
    { numRuns: 300 },
  );
});

it("finds books of any script and marks", async () => {
  const letters = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(letters, { minLength: 1, maxLength: 5 }), letters, async (titles, query) => {
      const books = titles.map((title, id) => ({ id, title, authors: [], year: 0, categories: [], popularity: 1 }));
      const found = await indexOf(books);
      for (const words of [...titles, query].map(wordsOf).filter(({ length }) => length > 0)) {
        const alone = words.map((word) => [word]);
        expect(found.find(alone)).toEqual(createPlainIndex(byPopularity(books)).find(alone));
      }
    }),
    { numRuns: 50 },
  );
});

it("takes what means something to FTS5 as words, or as nothing", () => {
  const catalogue = createCatalogue(builtInBooks, {}, index);
  const search = (query: string) => catalogue.search({ category: "", query }).map(({ title }) => title);
  expect(search('dune" OR "*')).toEqual([]);
  expect(search("dune NOT chronicles")).toEqual([]);
  expect(search("NEAR(dune chronicles, 2)")).toEqual([]);
  expect(search("title: dune")).toEqual([]);
  expect(search('"dune" -chronicles*')).toEqual(["The Dune Chronicles"]);
  expect(search('*"^-()')).toHaveLength(builtInBooks.length);
});

it("finds near spellings as looking at every book does", () => {
  for (const word of ["tolkein", "dostoyevski", "hobit", "dune", "the"])
    expect(index.near(word)).toEqual(plain.near(word));
  const catalogue = createCatalogue(builtInBooks, {}, index);
  expect(catalogue.search({ category: "", query: "tolkein" }).map(({ title }) => title)).toEqual([
    "The Lord of the Rings",
    "The Hobbit",
  ]);
});
