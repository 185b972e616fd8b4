import fc from "fast-check";
import { expect, it } from "vitest";
import type { Book } from "./book.ts";
import { findSimilar, type SimilarityOptions } from "./similar-books.ts";

const arbitraryBooks = fc
  .array(
    fc.record({
      author: fc.constantFrom("Ann", "Bob", ""),
      categories: fc.uniqueArray(fc.constantFrom("red", "green", "blue")),
      popularity: fc.integer({ min: 1, max: 100 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((traits): readonly Book[] =>
    traits.map(({ author, ...rest }, index) => ({
      id: index + 1,
      title: `B${index}`,
      authors: [author],
      year: 0,
      ...rest,
    })),
  );

/** Books and what some say of others, by rows. */
const arbitraryOptions = arbitraryBooks.chain((books) =>
  fc
    .array(fc.array(fc.constantFrom(0, 0, 0.5, 0.25, -0.5), { minLength: books.length, maxLength: books.length }), {
      minLength: books.length,
      maxLength: books.length,
    })
    .map((rows) => ({ books, rows: rows.map((row, index) => row.map((weight, at) => (at === index ? 0 : weight))) })),
);

function optionsOf(books: readonly Book[], rows: readonly (readonly number[])[], liked = true): SimilarityOptions {
  const entries = rows.map((row) => row.flatMap((weight, target) => (weight === 0 ? [] : [{ weight, target }])));
  const starts = Uint32Array.from([0, ...entries].map((_, row) => entries.slice(0, row).flat().length));
  const indicesOf = (has: (book: Book) => boolean) => books.flatMap((book, index) => (has(book) ? [index] : []));
  return {
    books,
    byAuthor: new Map(
      ["Ann", "Bob", "Cas"].map((author) => [author, indicesOf(({ authors }) => authors[0] === author)]),
    ),
    categories: new Map(
      ["red", "green", "blue"].map((one) => [one, new Set(indicesOf(({ categories }) => categories.includes(one)))]),
    ),
    authorOf: (book) => books[book]?.authors[0] || undefined,
    weights: {
      starts,
      targets: Uint32Array.from(entries.flat(), ({ target }) => target),
      weights: Float32Array.from(entries.flat(), ({ weight }) => weight),
    },
    likedBy: () => (liked ? "readers" : undefined),
  };
}

/** How much two books share, as said in words: 1 for the author, and the share of their categories that both have. */
function shareOf(a: Book, b: Book): number {
  const both = a.categories.filter((category) => b.categories.includes(category));
  const either = new Set([...a.categories, ...b.categories]);
  return (a.authors[0] !== "" && a.authors[0] === b.authors[0] ? 1 : 0) + both.length / Math.max(1, either.size);
}

it("finds the books that comparing with every book finds", () => {
  fc.assert(
    fc.property(arbitraryOptions, fc.nat({ max: 15 }), fc.nat({ max: 11 }), ({ books, rows }, limit, at) => {
      const index = at % books.length;
      const own = books[index] as Book; // The index is below the length.
      const weightOf = ({ id }: Book) => Math.max(0, rows[index]?.[id - 1] ?? 0);
      const expected = books
        .filter((book) => book !== own && (weightOf(book) > 0 || shareOf(own, book) > 0))
        .filter(({ id }) => (rows[index]?.[id - 1] ?? 0) >= 0)
        .toSorted(
          (a, b) =>
            weightOf(b) - weightOf(a) ||
            (weightOf(a) > 0
              ? a.id - b.id
              : shareOf(own, b) - shareOf(own, a) || b.popularity - a.popularity || a.id - b.id),
        );
      const found = findSimilar(optionsOf(books, rows), index, limit);
      expect(found.map(({ book, weight }) => [book.id, weight])).toEqual(
        expected.slice(0, limit).map((book) => [book.id, weightOf(book)]),
      );
      for (const { book, reason } of found) {
        expect(reason.sharedCategories).toEqual(book.categories.filter((one) => own.categories.includes(one)));
        expect(reason.sameAuthor).toBe(own.authors[0] !== "" && own.authors[0] === book.authors[0]);
      }
    }),
  );
});

const book = (id: number, author: string, category: string): Book => ({
  id,
  title: `B${id}`,
  authors: [author],
  year: 0,
  categories: [category],
  popularity: 50,
});
const books = [book(1, "Ann", "red"), book(2, "Ann", "blue"), book(3, "Bob", "red"), book(4, "Cas", "blue")];
const reasons = (row: number[], liked?: boolean) =>
  findSimilar(optionsOf(books, [row, [], [], []], liked), 0, 10).map(({ book: { id }, reason }) => [
    id,
    reason.summary,
  ]);

it("says of readers only what the model knows, and what the books share", () => {
  expect(reasons([0, 0.5, 0.4, 0.3])).toEqual([
    [2, "Liked by readers who like B1, and by the same author"],
    [3, "Liked by readers who like B1, and of the same kind"],
    [4, "Liked by readers who like B1"],
  ]);
  expect(reasons([])).toEqual([
    [2, "By the same author"],
    [3, "Of the same kind"],
  ]);
});

it("claims no readers for a book that few like", () => {
  expect(reasons([0, 0.5, 0, 0.3], false)).toEqual([
    [2, "By the same author"],
    [4, "Close to B1 by what few readers have said so far"],
    [3, "Of the same kind"],
  ]);
});

it("looks at no book that shares nothing", () => {
  const strange = Object.defineProperty({ ...book(5, "Dee", "green") }, "categories", {
    get: (): never => {
      throw new Error("must not be looked at");
    },
  });
  const options = { ...optionsOf(books, [[], [], [], []]), books: [...books, strange] };
  expect(findSimilar(options, 0, 10).map(({ book: { id } }) => id)).toEqual([2, 3]);
});
