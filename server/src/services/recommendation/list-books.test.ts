import { create } from "@bufbuild/protobuf";
import { ListBooksRequestSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Book } from "./domain/book.ts";
import { type Catalogue, createCatalogue } from "./domain/catalogue.ts";
import { createLiveCatalogue } from "./domain/live-catalogue.ts";
import { listBooks } from "./list-books.ts";

const book = (id: number, popularity: number): Book => ({
  id,
  title: `Book ${id}`,
  authors: [],
  year: 0,
  categories: ["x"],
  popularity,
});

const catalogueOf = (ids: readonly number[]) =>
  // The first is the most popular.
  createCatalogue(
    ids.map((id, place) => book(id, 100 - place)),
    {},
  );

/** The ids of all pages, where the catalogue is another one before each page. */
function page(catalogues: readonly Catalogue[], pageSize: number): number[][] {
  let current = catalogues[0];
  const live = createLiveCatalogue(() => current ?? catalogueOf([]));
  const pages: number[][] = [];
  let pageToken = "";
  do {
    current = catalogues[pages.length] ?? current;
    const answer = listBooks(live, create(ListBooksRequestSchema, { pageSize, pageToken }));
    pages.push((answer.books ?? []).map(({ id = 0 }) => id));
    pageToken = answer.nextPageToken ?? "";
  } while (pageToken !== "");
  return pages;
}

it("pages of one catalogue hold every book once", () => {
  expect(page([catalogueOf([3, 1, 2, 5, 4])], 2)).toEqual([[3, 1], [2, 5], [4]]);
  expect(page([catalogueOf([3, 1, 2, 4])], 2)).toEqual([
    [3, 1],
    [2, 4],
  ]);
  expect(page([catalogueOf([])], 2)).toEqual([[]]);
});

it("when another catalogue takes its place between two pages, the list goes on after the last book", () => {
  const first = catalogueOf([1, 2, 3, 4, 5, 6]);
  expect(page([first, catalogueOf([9, 1, 8, 2, 7, 3, 4])], 2)).toEqual([[1, 2], [7, 3], [4]]);
  // Where that book is gone, after as many as came before.
  expect(page([first, catalogueOf([9, 1, 3, 4])], 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(page([first, catalogueOf([9])], 2)).toEqual([[1, 2], []]);
});

it("a catalogue with more books brings every book of the first one once, as long as these keep their order", () => {
  const lists = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lists, lists, fc.integer({ min: 1, max: 5 }), (ids, others, pageSize) => {
      const more = ids.flatMap((id, place) => [...(others[place] === undefined ? [] : [100 + others[place]]), id]);
      const seen = page([catalogueOf(ids), catalogueOf(more)], pageSize).flat();
      expect(seen.filter((id) => id <= 50)).toEqual(ids);
      expect(new Set(seen).size).toBe(seen.length);
    }),
  );
});
