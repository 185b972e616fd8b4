import fc from "fast-check";
import { expect, it } from "vitest";
import type { Book } from "./book.ts";
import { NO_FILTER } from "./list-filter.ts";
import { createRankingRecommender } from "./ranking-recommender.ts";
import type { RankedList } from "./recommender.ts";
import { trainServedModel } from "./training/train-served-model.ts";

const CATEGORIES = ["red", "green", "blue", "odd"];

/** Thirty books of the years 1990 to 1996, some of no known year; each by an author of its own, so that nothing is passed over for the author. */
const books: readonly Book[] = Array.from({ length: 30 }, (_, index) => ({
  id: 10 + index * 3,
  title: `B${10 + index * 3}`,
  authors: [`Author ${index}`],
  year: index % 8 === 7 ? 0 : 1990 + (index % 7),
  categories: [CATEGORIES[index % 3] ?? "", ...(index % 5 === 0 ? ["odd"] : [])],
  popularity: 90 - (index >> 1),
}));
const ids = books.map(({ id }) => id);

const likes = Array.from({ length: 40 }, (_, reader) =>
  books.filter((_book, place) => place % 2 === reader % 2 && (place * 7 + reader * 3) % 5 < 3).map(({ id }) => id),
);
const model = trainServedModel({
  likes: { readers: likes.flatMap((own, reader) => own.map(() => reader)), books: likes.flat() },
  books: ids.map((id) => ({ id, authors: [], tags: [] })),
});
const recommender = createRankingRecommender({ books }, model);

const someIds = fc.uniqueArray(fc.constantFrom(...ids, 9999), { maxLength: 12 });
const arbitraryQuery = fc.record({
  ratings: fc.uniqueArray(fc.record({ bookId: fc.constantFrom(...ids), stars: fc.integer({ min: 1, max: 5 }) }), {
    selector: ({ bookId }) => bookId,
    maxLength: 8,
  }),
  category: fc.constantFrom("", "red"),
  limit: fc.nat({ max: 40 }),
  diverse: fc.boolean(),
  filter: fc.record({
    categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES)),
    excluded: someIds.map((some) => new Set(some)),
    shown: someIds.map((some) => new Set(some)),
    minYear: fc.option(fc.integer({ min: 1989, max: 1998 }), { nil: undefined }),
    excludeRated: fc.boolean(),
  }),
});

function idsOf({ recommendations }: RankedList): number[] {
  return recommendations.map(({ book }) => book.id);
}

it("a filtered list is what the list of all books leaves when one book after the other is looked at, those shown last", () => {
  fc.assert(
    fc.property(arbitraryQuery, (query) => {
      const { ratings, category, limit, filter } = query;
      const any = { ...NO_FILTER, excludeRated: false };
      const all = recommender.recommend({ ratings, category: "", limit: 1_000, filter: any }).recommendations;
      const named = [...filter.categories, category].filter((one) => one !== "");
      const left = all.filter(({ book }) => {
        if (filter.excluded.has(book.id)) return false;
        if (named.length > 0 && !book.categories.some((one) => named.includes(one))) return false;
        if (filter.minYear !== undefined && (book.year === 0 || book.year < filter.minYear)) return false;
        return !filter.excludeRated || ratings.every(({ bookId }) => bookId !== book.id);
      });
      const fresh = left.filter(({ book }) => !filter.shown.has(book.id));
      const shown = left.filter(({ book }) => filter.shown.has(book.id));
      expect(recommender.recommend(query).recommendations).toEqual([...fresh, ...shown].slice(0, limit));
    }),
  );
});

it("books rated with fewer than 3 stars are in no list", () => {
  fc.assert(
    fc.property(arbitraryQuery, (query) => {
      const disliked = query.ratings.filter(({ stars }) => stars < 3).map(({ bookId }) => bookId);
      const found = idsOf(recommender.recommend(query));
      expect(found.filter((id) => disliked.includes(id))).toEqual([]);
    }),
  );
});

it("a diverse list that may have rated books has them as they are, and not the volumes after them", () => {
  const volumes = [1, 2, 3].map((number) => ({
    id: number,
    title: `Volume ${number} (Long, #${number})`,
    authors: ["Ann"],
    year: 2000,
    categories: [],
    popularity: 50 - number,
  }));
  const ofVolumes = createRankingRecommender({ books: volumes }, undefined);
  const query = { ratings: [{ bookId: 1, stars: 5 }], category: "", limit: 3, diverse: true };
  expect(idsOf(ofVolumes.recommend(query))).toEqual([2, 3]);
  expect(idsOf(ofVolumes.recommend({ ...query, filter: { ...NO_FILTER, excludeRated: false } }))).toEqual([1, 2, 3]);
});
