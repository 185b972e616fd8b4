import { describe, expect, it } from "vitest";
import type { Book } from "./book.ts";
import { builtInCatalogue } from "./built-in-catalogue.ts";
import { createRankingRecommender } from "./ranking-recommender.ts";
import type { Recommendation } from "./recommender.ts";
import { createSampleReaders } from "./sample-readers.ts";
import { trainServedModel } from "./training/train-served-model.ts";

const { books, categories } = builtInCatalogue;
const likes = createSampleReaders(books);
const model = trainServedModel({ likes, books: books.map(({ id, authors }) => ({ id, authors, tags: [] })) });
const recommender = createRankingRecommender(builtInCatalogue, model, { mostlySampleReaders: true });

/** The first ten for a reader who gives these books 5 stars and has rated nothing else. */
function listAfter(liked: readonly Book[]): readonly Recommendation[] {
  const ratings = liked.map(({ id }) => ({ bookId: id, stars: 5 }));
  return recommender.recommend({ ratings, category: "", limit: 10 }).recommendations;
}

function mostPopularOf(category: string, count: number): readonly Book[] {
  return builtInCatalogue.search({ category, query: "" }).slice(0, count);
}

function titled(...titles: readonly string[]): readonly Book[] {
  return titles.flatMap((title) => books.filter((book) => book.title === title));
}

function countOf(list: readonly Recommendation[], fits: (book: Book) => boolean): number {
  return list.filter(({ book }) => fits(book)).length;
}

function idsOf(list: readonly Recommendation[]): number[] {
  return list.map(({ book }) => book.id);
}

describe("sample readers", () => {
  it("are the same for the same books, whatever their order", () => {
    expect(createSampleReaders(books.toReversed())).toEqual(likes);
  });

  it("have ids that no real reader can have, and like each of their books once", () => {
    const rows = Array.from(likes.readers, (reader, row) => `${reader} ${likes.books[row]}`);
    expect(new Set(rows).size).toBe(rows.length);
    expect(Math.max(...likes.readers)).toBe(-1);
    expect(new Set(likes.readers).size).toBe(600);
  });

  it("like a book the more often the more popular the catalogue says that it is", () => {
    const counts = new Map<number, number>();
    for (const book of likes.books) counts.set(book, (counts.get(book) ?? 0) + 1);
    const byLikes = books.toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0) || a.id - b.id);
    expect(byLikes).toEqual(builtInCatalogue.search({ category: "", query: "" }));
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(18);
  });

  it("are none where there are no books", () => {
    expect(createSampleReaders([])).toEqual({ readers: new Int32Array(), books: new Int32Array() });
  });
});

describe("the model of the sample readers leads the first visitor somewhere sensible", () => {
  it("who has rated nothing finds the most popular books, of which no reason is made up", () => {
    const { recommendations, by } = recommender.recommend({ ratings: [], category: "", limit: 50 });
    expect(recommendations.map(({ book }) => book)).toEqual(mostPopularOf("", 50));
    expect(by).toBe("popularity");
    expect(new Set(recommendations.map(({ reason }) => reason.summary))).toEqual(
      new Set(["Popular with the sample readers"]),
    );
  });

  describe.each(categories.map(({ id }) => id))("who likes the three most popular books of %s", (category) => {
    const liked = mostPopularOf(category, 3);
    const list = listAfter(liked);
    const kinds = new Set(liked.flatMap((book) => book.categories));

    it("finds nine or more of the first ten of the same kinds, and none of the three", () => {
      expect(list).toHaveLength(10);
      expect(countOf(list, (book) => book.categories.some((kind) => kinds.has(kind)))).toBeGreaterThanOrEqual(9);
      expect(countOf(list, (book) => liked.includes(book))).toBe(0);
    });

    it("is told for each which of the three it follows from", () => {
      const named = list.map(({ reason }) => reason.influences.map(({ book }) => book));
      expect(named.filter((own) => own.length === 0)).toEqual([]);
      expect(named.flat().filter((book) => !liked.includes(book))).toEqual([]);
      expect(list.filter(({ reason }) => !/^Because you liked /.test(reason.summary))).toEqual([]);
    });

    it("finds at most three of the ten that everybody else is shown", () => {
      const popular = mostPopularOf("", 13)
        .filter((book) => !liked.includes(book))
        .slice(0, 10);
      expect(countOf(list, (book) => popular.includes(book))).toBeLessThanOrEqual(3);
    });
  });

  it("who likes any three books of one kind finds it in nine of ten, on average over 338 such readers", () => {
    const counts = categories.flatMap(({ id }) => {
      const shelf = books.filter((book) => book.categories[0] === id);
      return shelf.map((_book, place) => {
        const liked = [place, place + 2, place + 5].flatMap((at) => shelf[at % shelf.length] ?? []);
        return countOf(listAfter(liked), (book) => book.categories.includes(id));
      });
    });
    expect(counts).toHaveLength(338);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeGreaterThanOrEqual(9);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(5);
  });

  it("who likes mysteries gets another list than who likes science fiction, and each the own kind", () => {
    const mystery = listAfter(titled("The Big Sleep", "Gaudy Night", "Faceless Killers"));
    const future = listAfter(titled("Foundation", "Neuromancer", "Hyperion"));
    expect(countOf(mystery, (book) => book.categories.includes("mystery"))).toBeGreaterThanOrEqual(8);
    expect(countOf(future, (book) => book.categories.includes("science-fiction"))).toBeGreaterThanOrEqual(8);
    expect(idsOf(mystery).filter((id) => idsOf(future).includes(id))).toEqual([]);
  });

  it("who likes one book of an author finds nine of ten of the others by the same in the first ten", () => {
    const pairs = books.flatMap((liked) => {
      const found = idsOf(listAfter([liked]));
      const mates = books.filter((book) => book !== liked && book.authors.some((name) => liked.authors.includes(name)));
      return mates.map(({ id }) => found.includes(id));
    });
    expect(pairs.length).toBeGreaterThan(100);
    expect(pairs.filter(Boolean).length / pairs.length).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ["The Hobbit", "The Lord of the Rings"],
    ["The Odyssey", "The Iliad"],
    ["The Martian", "Project Hail Mary"],
    ["Persuasion", "Emma"],
  ])("who likes %s finds %s among the first three", (title, mate) => {
    const titles = listAfter(titled(title)).map(({ book }) => book.title);
    expect(titles.slice(0, 3)).toContain(mate);
  });

  it("who rates a fourth book of another kind finds both kinds", () => {
    const list = listAfter(titled("Foundation", "Neuromancer", "Hyperion", "Emma"));
    expect(countOf(list, (book) => book.categories.includes("science-fiction"))).toBeGreaterThanOrEqual(5);
    expect(countOf(list, (book) => book.authors.includes("Jane Austen"))).toBeGreaterThanOrEqual(1);
  });
});
