import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseDiverse, diversify } from "./diversify.ts";
import { authorKey, findSeries } from "./series.ts";

const book = (title: string, author: string) => ({ title, authors: [author] });

const shelf = [
  book("Saga three (Saga, #3)", "A. B. Cee"),
  book("Saga one (Saga, #1)", "A.B. Cee"),
  book("Saga two (Saga, #2)", "A. B. Cee"),
  book("Alone", "A. B. Cée"),
  book("Other (Tales #1)", "Dee"),
  book("Half (Tales, #1.5)", "Dee"),
  book("More", "Eff"),
  book("Without", ""),
  book("Saga one, the other edition (Saga, #1)", "A. B. Cee"),
  book("Two (Tales, #2; Rhymes, #1)", "Dee"),
  book("First of some series (Book #1)", ""),
];
const seriesOf = findSeries(shelf);

function choose(best: readonly number[], limit: number, rated: readonly number[] = []): number[] {
  const isRated = (index: number) => rated.includes(index);
  const authorOf = (index: number) => authorKey(shelf[index] ?? { authors: [] });
  return [...diversify(best, { limit, authorOf, seriesOf, isRated, allows: (index) => !isRated(index) }).books];
}

describe("series and authors", () => {
  it("are told by the end of the title and the author, who may be spelled in different ways", () => {
    expect(seriesOf.get(0)).toEqual({
      volumes: [
        { book: 1, number: 1 },
        { book: 8, number: 1 },
        { book: 2, number: 2 },
        { book: 0, number: 3 },
      ],
    });
    expect([...seriesOf.keys()].sort()).toEqual([0, 1, 2, 4, 8, 9]);
    expect(seriesOf.get(9)).toBe(seriesOf.get(4));
    expect(new Set(shelf.slice(0, 4).map(authorKey)).size).toBe(1);
    expect(authorKey({ authors: [] })).toBeUndefined();
  });
});

describe("a diverse list", () => {
  it("has a series in its order, whichever volume is best", () => {
    expect(choose([0, 2, 6], 3)).toEqual([1, 2, 6]);
  });

  it("goes on in a series after the last volume that is rated", () => {
    expect(choose([0, 6], 2, [1])).toEqual([2, 6]);
    expect(choose([1, 6], 2, [2])).toEqual([1, 6]);
  });

  it("takes no other edition of a volume that is rated or in the list for the next", () => {
    expect(choose([0, 6], 2, [1])).toEqual([2, 6]);
    expect(choose([0, 2], 2, [8])).toEqual([2, 0]);
    expect(choose([8, 2, 6], 3)).toEqual([8, 2, 6]);
  });

  it("has at most three by an author while there are others", () => {
    expect(choose([3, 1, 2, 0, 4, 6], 5)).toEqual([3, 1, 2, 4, 6]);
  });

  it("has at most as many by an author as it is told to", () => {
    const options = { authorOf: () => "Ann", seriesOf: new Map(), isRated: () => false, allows: () => true };
    const { books, isFilled } = diversify([5, 4, 3], { ...options, limit: 3, mostByAuthor: 2 });
    expect([[...books], isFilled]).toEqual([[5, 4, 3], true]);
    expect(diversify([5, 4, 3], { ...options, limit: 2, mostByAuthor: 2 }).isFilled).toBe(false);
  });

  it("is filled with what was passed over where there are no others", () => {
    expect(choose([3, 1, 2, 0, 4], 5)).toEqual([3, 1, 2, 4, 0]);
  });

  it("holds each book once and none that is rated, as many as there are", () => {
    const arbitraryBooks = fc.uniqueArray(fc.nat({ max: shelf.length - 1 }));
    fc.assert(
      fc.property(arbitraryBooks, arbitraryBooks, fc.nat({ max: 9 }), (found, rated, limit) => {
        const best = found.filter((index) => !rated.includes(index));
        const list = choose(best, limit, rated);
        expect(list).toHaveLength(Math.min(limit, best.length));
        expect(new Set(list).size).toBe(list.length);
        expect(list.filter((index) => rated.includes(index))).toEqual([]);
      }),
    );
  });
});

describe("a diverse list with books that come last", () => {
  const ann = [0, 1, 2, 3, 4, 5];
  const everybody = [...ann, 6, 7, 8, 9, 10, 11, 12];
  const choice = {
    limit: 10,
    authorOf: (book: number) => (book < 6 ? "Ann" : undefined),
    seriesOf: new Map(),
    isRated: () => false,
    allows: () => true,
  };
  const best = (count: number, allows: (book: number) => boolean) =>
    Uint32Array.from(everybody.filter(allows).slice(0, count));
  const chosen = (shown: readonly number[]) => [
    ...chooseDiverse(best, { ...choice, isShown: (book) => shown.includes(book) }),
  ];

  it("has at most three by an author all in all", () => {
    expect(chosen([3, 4, 5, 10, 11, 12])).toEqual([0, 1, 2, 6, 7, 8, 9, 10, 11, 12]);
  });

  it("has them rather than more by one author, and last", () => {
    expect(chosen([10, 11, 12])).toEqual([0, 1, 2, 6, 7, 8, 9, 10, 11, 12]);
    expect(chosen([0, 10])).toEqual([1, 2, 3, 6, 7, 8, 9, 11, 12, 10]);
  });

  it("has three of them also where most of the list comes last", () => {
    expect(chosen([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).toEqual([12, 0, 1, 2, 6, 7, 8, 9, 10, 11]);
    expect(chosen([9, 10, 11, 12]).filter((book) => book < 6)).toHaveLength(3);
  });
});

it("where the volume that comes next may not be in the list, no later one takes its place", () => {
  const authorOf = (index: number) => authorKey(shelf[index] ?? { authors: [] });
  const choose = (allowed: readonly number[], limit: number) => {
    const options = { limit, authorOf, seriesOf, isRated: () => false };
    const allows = (index: number) => allowed.includes(index);
    return [...diversify([0, 2, 6, 3].filter(allows), { ...options, allows }).books];
  };
  expect(choose([0, 2, 3, 6], 2)).toEqual([6, 3]);
  expect(choose([0, 2, 3, 6, 8], 2)).toEqual([8, 2]);
  expect(choose([0, 2, 6], 3)).toEqual([6, 0, 2]);
});
