import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Book } from "./book.ts";
import { createRankingRecommender } from "./ranking-recommender.ts";
import type { RankedList } from "./recommender.ts";
import { trainServedModel } from "./training/train-served-model.ts";

const CATEGORIES = ["red", "green", "blue"];

/** Thirty books; the higher the id the less popular the catalogue says they are, two and two as popular. */
const books: readonly Book[] = Array.from({ length: 30 }, (_, index) => ({
  id: 10 + index * 3,
  title: `B${10 + index * 3}`,
  authors: ["Ann"],
  year: 2000,
  categories: [CATEGORIES[index % 3] ?? "", ...(index % 5 === 0 ? ["odd"] : [])],
  popularity: 90 - (index >> 1),
}));
const ids = books.map(({ id }) => id);
const traits = ids.map((id) => ({ id, authors: [], tags: [] }));

/** Forty readers in two circles, who like the books of even or of odd places, some more than others. */
const pairs = Array.from({ length: 40 }, (_, reader) =>
  books
    .filter((_book, place) => place % 2 === reader % 2 && (place * 7 + reader * 3) % 5 < 3)
    .map(({ id }) => [reader, id] as const),
).flat();
const likes = { readers: pairs.map(([reader]) => reader), books: pairs.map(([, book]) => book) };
const model = trainServedModel({ likes, books: traits });
const recommender = createRankingRecommender({ books }, model);

const arbitraryRatings = fc.uniqueArray(
  fc.record({ bookId: fc.constantFrom(...ids, 9999), stars: fc.integer({ min: 1, max: 5 }) }),
  { selector: ({ bookId }) => bookId, maxLength: 12 },
);
const arbitraryQuery = fc.record({
  ratings: arbitraryRatings,
  category: fc.constantFrom("", "red", "odd"),
  limit: fc.nat({ max: 40 }),
});

function idsOf({ recommendations }: RankedList): number[] {
  return recommendations.map(({ book }) => book.id);
}

function recommend(ratings: readonly { readonly bookId: number; readonly stars: number }[], limit = 30, category = "") {
  return recommender.recommend({ ratings, category, limit });
}

/** What liking a book adds to the score of another. */
function saidBy(source: number, target: number): number {
  const { starts, targets, weights } = model.weights;
  const index = ids.indexOf(source);
  const place = targets.indexOf(ids.indexOf(target), starts[index]);
  return place >= 0 && place < (starts[index + 1] ?? 0) ? (weights[place] ?? 0) : 0;
}

describe("a list ranked by the model", () => {
  it("holds the books of the category that are not rated, each once, best first and then by id", () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        const rated = new Set(query.ratings.map(({ bookId }) => bookId));
        const whole = recommender.recommend({ ...query, limit: 10_000 });
        const fitting = books.filter(({ id, categories }) => {
          return !rated.has(id) && (query.category === "" || categories.includes(query.category));
        });
        expect(new Set(idsOf(whole))).toEqual(new Set(fitting.map(({ id }) => id)));
        expect(whole.recommendations).toEqual(
          whole.recommendations.toSorted((a, b) => b.score - a.score || a.book.id - b.book.id),
        );
        expect(recommender.recommend(query)).toEqual({
          ...whole,
          recommendations: whole.recommendations.slice(0, query.limit),
        });
      }),
    );
  });

  it("is the same for the same ratings in another order", () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        const turned = { ...query, ratings: query.ratings.toReversed() };
        expect(recommender.recommend(turned)).toEqual(recommender.recommend(query));
      }),
    );
  });

  it("is of the circle that the reader likes books of", () => {
    const places = (list: RankedList) => idsOf(list).map((id) => ids.indexOf(id) % 2);
    expect(places(recommend([{ bookId: 10, stars: 5 }], 8))).toEqual(Array(8).fill(0));
    expect(places(recommend([{ bookId: 13, stars: 5 }], 8))).toEqual(Array(8).fill(1));
  });

  it("names at most five of the reader's own books, the strongest first, each with its share of all that speaks for it", () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        const own = new Map(query.ratings.map(({ bookId, stars }) => [bookId, stars]));
        for (const { reason } of recommender.recommend(query).recommendations) {
          const { influences, popularity } = reason;
          const shares = influences.map(({ share }) => share);
          const wholes = influences.map(({ share, contribution }) => contribution / share);
          const told = influences.reduce((sum, { contribution }) => sum + contribution, popularity);
          expect(influences.length).toBeLessThanOrEqual(5);
          expect(shares).toEqual(shares.toSorted((x, y) => y - x));
          expect(Math.min(1, ...shares)).toBeGreaterThanOrEqual(0.05);
          expect(influences.filter(({ book, stars }) => own.get(book.id) !== stars || stars < 3)).toEqual([]);
          expect(Math.max(0, ...wholes) - Math.min(Number.POSITIVE_INFINITY, ...wholes)).toBeLessThan(1e-12);
          expect(Math.min(Number.POSITIVE_INFINITY, ...wholes)).toBeGreaterThanOrEqual(told - 1e-12);
        }
      }),
    );
  });

  it("tells what one liked book adds to the score to the last bit", () => {
    const [best] = recommend([{ bookId: 10, stars: 4 }]).recommendations;
    const [influence] = best?.reason.influences ?? [];
    expect(influence).toMatchObject({ book: { id: 10 }, stars: 4 });
    expect((best?.reason.popularity ?? 0) + (influence?.contribution ?? 0)).toBe(best?.score);
    expect(best?.reason.summary).toBe("Because you liked B10");
    expect(recommend([{ bookId: 10, stars: 4 }]).by).toBe("model");
  });

  it("moves half as far for three stars", () => {
    const added = (stars: number) => recommend([{ bookId: 10, stars }]).recommendations[0]?.reason.influences[0];
    expect(added(3)?.contribution).toBe((added(5)?.contribution ?? 0) / 2);
    expect(recommend([{ bookId: 10, stars: 3 }]).recommendations[0]?.reason.summary).toBe(
      "Liked by some readers, and you rated B10",
    );
  });

  it("leaves out a book that the reader dislikes, and takes from each other what liking it would add", () => {
    fc.assert(
      fc.property(arbitraryRatings, fc.constantFrom(...ids), fc.constantFrom(1, 2), (ratings, bookId, stars) => {
        const others = ratings.filter((rating) => rating.bookId !== bookId);
        const before = recommend(others).recommendations.filter(({ book }) => book.id !== bookId);
        const after = new Map(
          recommend([...others, { bookId, stars }]).recommendations.map(({ book, score }) => [book.id, score]),
        );
        expect(after.size).toBe(before.length);
        for (const { book, score } of before)
          expect(after.get(book.id)).toBeCloseTo(score - saidBy(bookId, book.id), 9);
      }),
    );
  });

  it("gives no book that is disliked as a reason", () => {
    fc.assert(
      fc.property(arbitraryRatings, (ratings) => {
        const stars = recommend(ratings).recommendations.flatMap(({ reason }) =>
          reason.influences.map((own) => own.stars),
        );
        expect(stars.filter((own) => own < 3)).toEqual([]);
      }),
    );
  });

  it("is empty for a category that does not exist", () => {
    expect(recommend([{ bookId: 10, stars: 5 }], 10, "purple").recommendations).toEqual([]);
  });
});

describe("a list of the most popular books", () => {
  const likesOf = (id: number) => pairs.filter(([, book]) => book === id).length;
  const byLikes = ids.toSorted((a, b) => likesOf(b) - likesOf(a) || a - b);

  it.each([
    ["who has rated nothing", []],
    ["whose books are not in the catalogue", [{ bookId: 9999, stars: 5 }]],
  ])("is for a reader %s, and says so without a made-up reason", (_, ratings) => {
    const list = recommend(ratings);
    expect(list.by).toBe("popularity");
    expect(idsOf(list)).toEqual(byLikes);
    for (const { score, reason } of list.recommendations) {
      expect(reason).toEqual({ summary: "Liked by some readers", influences: [], popularity: score });
    }
  });

  it("is for a reader who dislikes all that is rated, but for what is like that", () => {
    const list = recommend([{ bookId: 13, stars: 1 }]);
    expect(list.by).toBe("popularity");
    const expected = byLikes
      .filter((id) => id !== 13)
      .map((id) => ({ id, score: (model.popularity[ids.indexOf(id)] ?? 0) - saidBy(13, id) }))
      .toSorted((a, b) => b.score - a.score || a.id - b.id);
    expect(idsOf(list)).toEqual(expected.map(({ id }) => id));
    expect(new Set(list.recommendations.map(({ reason }) => reason.summary))).toEqual(
      new Set(["Liked by some readers"]),
    );
  });

  it("is for a reader of a book about which the model says nothing, too", () => {
    const lonely = createRankingRecommender(
      { books },
      trainServedModel({ likes: { readers: [1, 2, 2], books: [10, 13, 16] }, books: traits }),
    );
    const list = lonely.recommend({ ratings: [{ bookId: 10, stars: 5 }], category: "", limit: 3 });
    expect([list.by, ...idsOf(list)]).toEqual(["popularity", 13, 16, 19]);
  });

  it("claims no real readers when all are generated", () => {
    const sampled = createRankingRecommender({ books }, model, { mostlySampleReaders: true });
    const summaries = sampled
      .recommend({ ratings: [], category: "", limit: 30 })
      .recommendations.map(({ reason }) => reason.summary);
    expect(new Set(summaries)).toEqual(new Set(["Popular with the sample readers"]));
  });

  it.each([
    [100, "Popular with many readers"],
    [99, "Liked by some readers"],
    [10, "Liked by some readers"],
    [9, "Known to few readers so far"],
  ])("says of a book with %i likes no more than that", (count, summary) => {
    const readers = Array.from({ length: count }, (_, reader) => reader);
    const liked = trainServedModel({ likes: { readers, books: readers.map(() => 10) }, books: traits });
    const list = createRankingRecommender({ books }, liked).recommend({ ratings: [], category: "", limit: 1 });
    expect(list.recommendations[0]?.reason.summary).toBe(summary);
  });

  it("does not say of a book that nobody likes that many do, however much it is like one that many like", () => {
    const readers = Array.from({ length: 500 }, (_, reader) => reader);
    const alike = ids.map((id) => ({ id, authors: ["Ann"], tags: [["same", 1]] as const }));
    const liked = trainServedModel({ likes: { readers, books: readers.map(() => 10) }, books: alike });
    expect(liked.popularity[1]).toBeGreaterThan(0);
    const list = createRankingRecommender({ books }, liked).recommend({ ratings: [], category: "", limit: 2 });
    expect(list.recommendations.map(({ reason }) => reason.summary)).toEqual([
      "Popular with many readers",
      "Known to few readers so far",
    ]);
  });

  it("looks at the titles and authors of the books once, whichever models rank them", () => {
    let looks = 0;
    const counted = books.map((book) => ({
      ...book,
      get title() {
        looks++;
        return book.title;
      },
    }));
    createRankingRecommender({ books: counted }, undefined);
    const once = looks;
    createRankingRecommender({ books: counted }, model);
    expect([once, looks]).toEqual([books.length, books.length]);
  });

  it("is by the popularity that the catalogue gives while there is no model", () => {
    const without = createRankingRecommender({ books }, undefined);
    const ratings = [
      { bookId: 10, stars: 5 },
      { bookId: 16, stars: 1 },
    ];
    const list = without.recommend({ ratings, category: "", limit: 3 });
    expect([list.by, ...idsOf(list)]).toEqual(["popularity", 13, 19, 22]);
    expect(list.recommendations.map(({ score }) => score)).toEqual([90, 89, 88]);
    expect(list.recommendations[0]?.reason.summary).toBe("Popular by the catalogue");
    expect(idsOf(without.recommend({ ratings, category: "odd", limit: 2 }))).toEqual([25, 40]);
  });
});

it("a model of other books ranks those that both have, and the others come last", () => {
  const grown = [{ ...(books[0] as Book), id: 5, title: "New" }, ...books.filter(({ id }) => id !== 13)];
  const list = createRankingRecommender({ books: grown }, model).recommend({
    ratings: [{ bookId: 10, stars: 5 }],
    category: "",
    limit: 40,
  });
  expect(idsOf(list).toSorted((a, b) => a - b)).toEqual([5, ...ids.filter((id) => id !== 10 && id !== 13)]);
  expect(idsOf(list).at(-1)).toBe(5);
  expect(idsOf(list).slice(0, 5)).toEqual(idsOf(recommend([{ bookId: 10, stars: 5 }], 5)));
});

it("a diverse list has at most three books by one author, however many of the best are by that one", () => {
  const many = Array.from({ length: 300 }, (_, index): Book => {
    const authors = [index < 100 ? "Ann" : `Author ${index}`];
    return { id: index + 1, title: `B${index + 1}`, authors, year: 2000, categories: [], popularity: 90 - index / 10 };
  });
  const list = createRankingRecommender({ books: many }, undefined).recommend({
    ratings: [],
    category: "",
    limit: 5,
    diverse: true,
  });
  expect(idsOf(list)).toEqual([1, 2, 3, 101, 102]);
});
