import { create } from "@bufbuild/protobuf";
import {
  ListNewBooksRequestSchema,
  ListTrendingBooksRequestSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Book } from "./domain/book.ts";
import { createCatalogue } from "./domain/catalogue.ts";
import { listNewBooks, listTrendingBooks } from "./list-shelves.ts";

const arbitraryBooks = fc
  .array(
    fc.record({
      year: fc.constantFrom(-300, 0, 1999, 2020, 2021),
      categories: fc.uniqueArray(fc.constantFrom("red", "green")),
      popularity: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 15 },
  )
  .map((traits): readonly Book[] => traits.map((rest, index) => ({ id: index + 1, title: "", authors: [], ...rest })));

/** A category that some of the books have, or all books. */
const categoryOf = (books: readonly Book[], wanted: string) =>
  books.some(({ categories }) => categories.includes(wanted)) ? wanted : "";

const isOn = (category: string) => (book: Book | undefined) => category === "" || book?.categories.includes(category);

it("lists the books that taking the newest of those left, one after the other, lists", () => {
  fc.assert(
    fc.property(
      arbitraryBooks,
      fc.constantFrom("", "red"),
      fc.integer({ min: 1, max: 20 }),
      (books, wanted, maxResults) => {
        const category = categoryOf(books, wanted);
        const left = books.filter(({ year }) => year !== 0).filter(isOn(category));
        const expected: number[] = [];
        while (left.length > 0 && expected.length < maxResults) {
          const year = Math.max(...left.map((book) => book.year));
          const popularity = Math.max(...left.filter((book) => book.year === year).map((book) => book.popularity));
          const at = left.findIndex((book) => book.year === year && book.popularity === popularity);
          expected.push(...left.splice(at, 1).map(({ id }) => id));
        }
        const request = create(ListNewBooksRequestSchema, { category, maxResults });
        const found = listNewBooks(createCatalogue(books, {}), request).books ?? [];
        expect(found.map(({ id }) => id)).toEqual(expected);
      },
    ),
  );
});

it("lists what trends as far as the catalogue has it", async () => {
  const scores = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(arbitraryBooks, scores, fc.constantFrom("", "green"), async (books, ids, wanted) => {
      const category = categoryOf(books, wanted);
      const trending = ids.map((bookId, place) => ({ bookId, score: 100 - place }));
      const expected = trending.filter(({ bookId }) => {
        const book = books.find(({ id }) => id === bookId);
        return book !== undefined && isOn(category)(book);
      });
      const request = create(ListTrendingBooksRequestSchema, { category, maxResults: 5 });
      const found = await listTrendingBooks(createCatalogue(books, {}), { trending: () => trending }, request);
      expect(found.trendingBooks?.map(({ book, score }) => [book?.id, score])).toEqual(
        expected.slice(0, 5).map(({ bookId, score }) => [bookId, score]),
      );
    }),
  );
});

it("takes no more of what trends than it lists", async () => {
  const catalogue = createCatalogue(
    [1, 2, 3].map((id) => ({ id, title: "", authors: [], year: 0, categories: [], popularity: 1 })),
    {},
  );
  let taken = 0;
  const trending = function* () {
    for (const bookId of [3, 9, 1, 2]) {
      taken++;
      yield { bookId, score: 10 - taken };
    }
  };
  const request = create(ListTrendingBooksRequestSchema, { maxResults: 1 });
  const found = await listTrendingBooks(catalogue, { trending }, request);
  expect([found.trendingBooks?.map(({ book }) => book?.id), taken]).toEqual([[3], 1]);
});
