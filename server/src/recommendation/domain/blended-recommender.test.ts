import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBlendedRecommender } from "./blended-recommender.ts";
import { builtInCatalogue } from "./built-in-catalogue.ts";
import type { Rating } from "./rating-store.ts";
import type { Recommendation } from "./recommender.ts";

const { books, categories } = builtInCatalogue;
const limit = books.length;
const recommender = createBlendedRecommender(builtInCatalogue);
const idOf = (title: string) => books.find((book) => book.title === title)?.id ?? 0;
const rate = (bookId: number, stars: number): Rating => ({ userId: 1, bookId, stars, time: new Date(0) });
const recommend = (ratings: readonly Rating[], category = "") => recommender.recommend({ ratings, category, limit });
const ranksOf = (list: readonly Recommendation[]) => new Map(list.map(({ book }, rank) => [book.id, rank]));
const scoresOf = (list: readonly Recommendation[]) => new Map(list.map(({ book, score }) => [book.id, score]));

const bookIds = fc.constantFrom(...books.map(({ id }) => id));
const anyRatings = fc.uniqueArray(fc.record({ bookId: bookIds, stars: fc.integer({ min: 1, max: 5 }) }), {
  selector: ({ bookId }) => bookId,
  maxLength: 12,
});
const anyReader = anyRatings.map((list) => list.map(({ bookId, stars }) => rate(bookId, stars)));

describe("the list of a reader", () => {
  it("is the popular books, and says so, when nothing is rated", () => {
    const list = recommend([]);
    expect(list.map(({ book }) => book)).toEqual(builtInCatalogue.search({ category: "", query: "" }));
    expect(new Set(list.map(({ reason }) => reason.summary))).toEqual(new Set(["Popular with many readers"]));
    expect(list.flatMap(({ reason }) => reason.influences)).toEqual([]);
  });

  it("turns to a kind of book that the reader likes", () => {
    const top = recommend([rate(idOf("Foundation"), 5)]).slice(0, 10);
    expect(top.filter(({ book }) => book.categories.includes("science-fiction"))).toHaveLength(10);
    expect(top[0]).toMatchObject({
      book: { title: "I, Robot" },
      reason: {
        summary: "Because you liked Foundation",
        influences: [{ book: { title: "Foundation" }, stars: 5, share: expect.any(Number) }],
      },
    });
  });

  it.each([1, 2])("turns from a kind of book that the reader gives %i stars", (stars) => {
    const isFantasy = ({ book }: Recommendation) => book.categories.includes("fantasy");
    expect(recommend([]).slice(0, 10).filter(isFantasy)).toHaveLength(3);
    expect(
      recommend([rate(idOf("A Game of Thrones"), stars)])
        .slice(0, 10)
        .filter(isFantasy),
    ).toEqual([]);
  });

  it("shows in the reason when two books lead to a third", () => {
    const list = recommend([rate(idOf("The Dune Chronicles"), 5), rate(idOf("Ender's Game"), 5)]);
    expect(list[0]?.reason.summary).toMatch(
      /^Because you liked (The Dune Chronicles and Ender's Game|Ender's Game and The Dune Chronicles)$/,
    );
  });

  it("holds every book of the category that is not rated, once, best first and then by id", () => {
    const anyCategory = fc.constantFrom("", ...categories.map(({ id }) => id));
    fc.assert(
      fc.property(anyReader, anyCategory, (ratings, category) => {
        const list = recommend(ratings, category);
        const rated = new Set(ratings.map(({ bookId }) => bookId));
        const expected = builtInCatalogue.search({ category, query: "" }).filter(({ id }) => !rated.has(id));
        expect(new Set(list.map(({ book }) => book))).toEqual(new Set(expected));
        expect(list).toHaveLength(expected.length);
        expect(list).toEqual(list.toSorted((a, b) => b.score - a.score || a.book.id - b.book.id));
      }),
      { numRuns: 30 },
    );
  });

  it("is the same for the same ratings in another order, and shorter lists are its beginning", () => {
    fc.assert(
      fc.property(anyReader, fc.nat({ max: 20 }), (ratings, shorter) => {
        const list = recommend(ratings);
        expect(recommend(ratings.toReversed())).toEqual(list);
        expect(recommender.recommend({ ratings, category: "", limit: shorter })).toEqual(list.slice(0, shorter));
      }),
      { numRuns: 20 },
    );
  });

  it("gives shares above 0 that are at most 1 together, of the reader's own books", () => {
    fc.assert(
      fc.property(anyReader, (ratings) => {
        const own = new Set(ratings.map(({ bookId }) => bookId));
        for (const { reason } of recommend(ratings).slice(0, 30)) {
          const sum = reason.influences.reduce((total, { share }) => total + share, 0);
          const sound = reason.influences.every(({ share, book }) => share > 0 && own.has(book.id));
          expect(sound && sum <= 1 + 1e-12).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("passes over ratings of books that are not in the catalogue", () => {
    expect(recommend([rate(99_999, 5)])).toEqual(recommend([]));
  });
});

describe("one more rating", () => {
  const readerAndBook = fc.tuple(anyReader, bookIds).map(([ratings, bookId]) => ({
    ratings: ratings.filter((rating) => rating.bookId !== bookId),
    bookId,
  }));

  it("of 5 stars lowers no book, and raises every book of the same first category", () => {
    fc.assert(
      fc.property(readerAndBook, ({ ratings, bookId }) => {
        const [kind] = builtInCatalogue.book(bookId).categories;
        const before = scoresOf(recommend(ratings));
        const changes = recommend([...ratings, rate(bookId, 5)]).map(({ book, score }) => ({
          sameKind: book.categories[0] === kind,
          by: score - (before.get(book.id) ?? Number.NaN),
        }));
        expect(changes.filter(({ sameKind, by }) => !(by >= -1e-12) || (sameKind && by <= 0))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("of 1 star raises no book, and lowers every book of the same first category", () => {
    fc.assert(
      fc.property(readerAndBook, ({ ratings, bookId }) => {
        const [kind] = builtInCatalogue.book(bookId).categories;
        const before = scoresOf(recommend(ratings));
        const changes = recommend([...ratings, rate(bookId, 1)]).map(({ book, score }) => ({
          sameKind: book.categories[0] === kind,
          by: score - (before.get(book.id) ?? Number.NaN),
        }));
        expect(changes.filter(({ sameKind, by }) => !(by <= 1e-12) || (sameKind && by >= 0))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("moves no book of the same first category behind one that has nothing in common with it", () => {
    const [liked, alike, other] = [idOf("Foundation"), idOf("Neuromancer"), idOf("Pride and Prejudice")];
    fc.assert(
      fc.property(anyReader, (reader) => {
        const ratings = reader.filter(({ bookId }) => ![liked, alike, other].includes(bookId));
        const lead = (list: readonly Recommendation[]) => {
          const scores = scoresOf(list);
          return (scores.get(alike) ?? Number.NaN) - (scores.get(other) ?? Number.NaN);
        };
        expect(lead(recommend([...ratings, rate(liked, 5)]))).toBeGreaterThan(lead(recommend(ratings)));
      }),
      { numRuns: 30 },
    );
  });
});

describe("what other readers like", () => {
  const [ariel, martian] = [idOf("Ariel"), idOf("The Martian")];

  it("brings together books that have nothing else in common", () => {
    const learning = createBlendedRecommender(builtInCatalogue);
    const rankOfMartian = () =>
      ranksOf(learning.recommend({ ratings: [rate(ariel, 5)], category: "", limit })).get(martian) ?? limit;
    const before = rankOfMartian();
    for (let userId = 2; userId < 32; userId++) {
      for (const bookId of [ariel, martian]) learning.learn({ userId, bookId, stars: 5 });
    }
    expect(before).toBeGreaterThan(10);
    expect(rankOfMartian()).toBe(0);
  });

  it("moves the revision when it changes what is known, and only then", () => {
    const learning = createBlendedRecommender(builtInCatalogue);
    const revisions = [5, 4, 3, undefined, 4].map((stars) => {
      learning.learn({ userId: 2, bookId: ariel, stars });
      return learning.revision;
    });
    learning.learn({ userId: 2, bookId: 99_999, stars: 5 });
    expect([...revisions, learning.revision]).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it("gives the same list in whatever order it was learned", () => {
    fc.assert(
      fc.property(anyReader, anyReader, (own, others) => {
        const lists = [others, others.toReversed()].map((changes) => {
          const learning = createBlendedRecommender(builtInCatalogue);
          for (const { bookId, stars } of changes) learning.learn({ userId: 2, bookId, stars });
          return learning.recommend({ ratings: own, category: "", limit: 20 });
        });
        expect(lists[0]).toEqual(lists[1]);
      }),
      { numRuns: 10 },
    );
  });
});
