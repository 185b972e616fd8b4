import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { booksOf, createInteractions, indexOfId } from "./interactions.ts";
import { arbitraryLikes } from "./testing/arbitrary-likes.ts";

describe("interactions", () => {
  it("hold each pair once, by ascending ids", () => {
    const interactions = createInteractions([
      [30, 9],
      [10, 9],
      [30, 2],
      [30, 9],
    ]);
    expect([...interactions.readerIds]).toEqual([10, 30]);
    expect([...interactions.bookIds]).toEqual([2, 9]);
    expect([...booksOf(interactions, 0)]).toEqual([1]);
    expect([...booksOf(interactions, 1)]).toEqual([0, 1]);
    expect([...interactions.likes]).toEqual([1, 2]);
  });

  it("give back all pairs, whatever their order", () => {
    fc.assert(
      fc.property(arbitraryLikes, (pairs) => {
        const interactions = createInteractions(pairs);
        const back = [...interactions.readerIds].flatMap((reader, row) =>
          Array.from(booksOf(interactions, row), (book) => `${reader} ${interactions.bookIds[book]}`),
        );
        expect(back.toSorted()).toEqual([...new Set(pairs.map((pair) => pair.join(" ")))].toSorted());
      }),
    );
  });

  it("are the same from columns and from rows in another order", () => {
    fc.assert(
      fc.property(arbitraryLikes, (pairs) => {
        const turned = pairs.toReversed();
        const columns = {
          readers: turned.map(([reader]) => reader),
          books: Uint16Array.from(turned, ([, book]) => book),
        };
        expect(createInteractions(columns)).toEqual(createInteractions(pairs));
      }),
    );
  });

  it("also hold books that nobody likes", () => {
    const { bookIds, books, likes } = createInteractions([[1, 5]], Int32Array.of(9, 2, 5, 2));
    expect([[...bookIds], [...books], [...likes]]).toEqual([[2, 5, 9], [1], [0, 1, 0]]);
  });

  it("of nobody are empty", () => {
    const { readerIds, bookIds, books, likes } = createInteractions([]);
    expect([readerIds.length, bookIds.length, books.length, likes.length]).toEqual([0, 0, 0, 0]);
  });

  it("take readers of negative ids, who come first", () => {
    const { readerIds, books } = createInteractions([
      [5, 8],
      [-3, 9],
    ]);
    expect([[...readerIds], [...books]]).toEqual([
      [-3, 5],
      [1, 0],
    ]);
  });

  it.each([-(2 ** 31) - 1, 1.5, 2 ** 31, Number.NaN])("refuse %d as the id of a reader", (id) => {
    expect(() => createInteractions([[id, 1]])).toThrow(
      new RangeError(`must be an id from -2147483648 to 2147483647: got ${id}`),
    );
  });

  it.each([-1, 1.5, 2 ** 31, Number.NaN])("refuse %d as the id of a book", (id) => {
    const refusal = new RangeError(`must be an id from 0 to 2147483647: got ${id}`);
    expect(() => createInteractions([[1, id]])).toThrow(refusal);
    expect(() => createInteractions([], [id])).toThrow(refusal);
  });

  it("refuse columns of different lengths", () => {
    expect(() => createInteractions({ readers: [1, 2], books: [1] })).toThrow(
      "must be as many books as readers: got 1 and 2",
    );
  });
});

it("an id is found where it stands, and others are not", () => {
  const ids = Int32Array.of(2, 3, 5, 8);
  expect([1, 2, 3, 4, 5, 8, 9].map((id) => indexOfId(ids, id))).toEqual([-1, 0, 1, -1, 2, 3, -1]);
});
