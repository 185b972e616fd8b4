import { describe, expect, it } from "vitest";
import type { Book } from "./book.ts";
import { builtInCatalogue } from "./built-in-catalogue.ts";
import { createRankingRecommender } from "./ranking-recommender.ts";
import type { RankedList } from "./recommender.ts";
import { createSampleReaders } from "./sample-readers.ts";
import { trainServedModel } from "./training/train-served-model.ts";

const { books } = builtInCatalogue;
const model = trainServedModel({
  likes: createSampleReaders(books),
  books: books.map(({ id, authors }) => ({ id, authors, tags: [] })),
});
const recommender = createRankingRecommender(builtInCatalogue, model, { mostlySampleReaders: true });
const popular = builtInCatalogue.search({ category: "", query: "" });

type Rated = readonly (readonly [book: Book, stars: number])[];

/** What the page shows a reader who rated these books: a diverse list of ten. */
function listFor(rated: Rated): RankedList {
  const ratings = rated.map(([{ id }, stars]) => ({ bookId: id, stars }));
  return recommender.recommend({ ratings, category: "", limit: 10, diverse: true });
}

function titled(...titles: readonly string[]): readonly Book[] {
  return titles.map((title) => {
    const book = books.find((candidate) => candidate.title === title);
    if (book === undefined) throw new Error(`no book is called ${title}`);
    return book;
  });
}

const liked = (shelf: readonly Book[], stars = 5): Rated => shelf.map((book) => [book, stars] as const);
const booksOf = ({ recommendations }: RankedList) => recommendations.map(({ book }) => book);
const isOf =
  (...kinds: readonly string[]) =>
  (book: Book) =>
    book.categories.some((kind) => kinds.includes(kind));

const hardScienceFiction = titled("Rendezvous with Rama", "Red Mars", "The Three-Body Problem");
const selfHelp = titled("Atomic Habits", "Deep Work", "Mindset");

describe("a visitor's first list, in ten cases", () => {
  it("three books of hard science fiction bring science fiction, each because of one of them", () => {
    const { recommendations, by } = listFor(liked(hardScienceFiction));
    expect(by).toBe("model");
    expect(recommendations.filter(({ book }) => isOf("science-fiction")(book)).length).toBeGreaterThanOrEqual(9);
    for (const { reason } of recommendations) expect(reason.summary).toMatch(/^Because you liked /);
  });

  it("three books by one author bring others by the same, and no more than three of these", () => {
    const list = booksOf(listFor(liked(titled("Pride and Prejudice", "Emma", "Persuasion"))));
    const same = list.filter(({ authors }) => authors.includes("Jane Austen"));
    expect(same.length).toBeGreaterThanOrEqual(1);
    expect(same.length).toBeLessThanOrEqual(3);
  });

  it("self-help brings self-help, and no novels of space", () => {
    const list = booksOf(listFor(liked(selfHelp)));
    expect(list.filter(isOf("self-help", "business", "science", "philosophy")).length).toBeGreaterThanOrEqual(9);
    expect(list.filter(isOf("science-fiction"))).toEqual([]);
  });

  it("two kinds bring both, neither less than a fifth of the list", () => {
    const list = booksOf(listFor(liked([...hardScienceFiction, ...selfHelp])));
    expect(list.filter(isOf("science-fiction")).length).toBeGreaterThanOrEqual(2);
    expect(list.filter(isOf("self-help", "business")).length).toBeGreaterThanOrEqual(2);
  });

  it("one star for each of the three most popular books leaves popular ones, said to be that, and none of the three", () => {
    const disliked = popular.slice(0, 3);
    const { recommendations, by } = listFor(liked(disliked, 1));
    expect(by).toBe("popularity");
    expect(recommendations).toHaveLength(10);
    expect(recommendations.filter(({ book }) => disliked.includes(book))).toEqual([]);
    for (const { reason } of recommendations) expect(reason.summary).toBe("Popular with the sample readers");
  });

  it("one star for science fiction takes science fiction out of the list", () => {
    const before = booksOf(listFor(liked(selfHelp))).length;
    const count = (rated: Rated) => booksOf(listFor(rated)).filter(isOf("science-fiction")).length;
    const nothing = count([]);
    expect(before).toBe(10);
    expect(nothing).toBeGreaterThanOrEqual(1);
    expect(count(liked(books.filter(isOf("science-fiction")).slice(0, 6), 1))).toBeLessThan(nothing);
  });

  it("a rating that is withdrawn leaves the list of one who never gave it", () => {
    const { recommendations, by } = listFor([]);
    expect(by).toBe("popularity");
    expect(recommendations.map(({ book }) => book)).toEqual(
      booksOf(recommender.recommend({ ratings: [], category: "", limit: 10, diverse: true })),
    );
    expect(booksOf(listFor(liked(hardScienceFiction)))).not.toEqual(recommendations.map(({ book }) => book));
  });

  it("three hundred ratings leave what is left, best first, and never one that is rated", () => {
    const rated = books.slice(0, 300).map((book, place) => [book, 1 + (place % 5)] as const);
    const list = booksOf(listFor(rated));
    expect(list).toHaveLength(10);
    expect(list.every((book) => !rated.some(([own]) => own === book))).toBe(true);
  });

  it("one book that few know brings books of its kind first, and not only what everybody likes", () => {
    const [few] = books.filter(isOf("science-fiction")).toSorted((a, b) => a.popularity - b.popularity || a.id - b.id);
    const list = booksOf(listFor(few === undefined ? [] : [[few, 5]]));
    const [first] = list;
    expect(first?.categories).toContain("science-fiction");
    expect(list.filter((book) => popular.slice(0, 10).includes(book)).length).toBeLessThanOrEqual(5);
  });

  it("all books rated leave an empty list", () => {
    expect(booksOf(listFor(liked(books, 4)))).toEqual([]);
  });
});

/** The lists before and after a mystery is liked, of one who likes so many books of science fiction. */
function afterAMystery(count: number) {
  const own = liked(books.filter(({ categories }) => categories[0] === "science-fiction").slice(0, count));
  const mystery = liked(titled("Murder on the Orient Express"));
  return { before: booksOf(listFor(own)), after: booksOf(listFor([...own, ...mystery])) };
}

describe("after a rating the list visibly moves:", () => {
  it("the first like changes at least half of what a stranger is shown, and leads the reasons of the first three", () => {
    const stranger = booksOf(listFor([]));
    const shares = books.map((book) => {
      const { recommendations } = listFor([[book, 5]]);
      const [first, second, third] = recommendations;
      const led = [first, second, third].filter((found) => found?.reason.influences[0]?.book === book);
      return {
        kept: booksOf({ recommendations, by: "model" }).filter((found) => stranger.includes(found)).length,
        led,
      };
    });
    const mean = shares.reduce((sum, { kept }) => sum + kept, 0) / shares.length;
    expect(mean).toBeLessThanOrEqual(5);
    expect(shares.filter(({ led }) => led.length < 3)).toEqual([]);
  });

  it.each([1, 3])("after %i likes of one kind, one of another brings its kind among the ten", (count) => {
    const { before, after } = afterAMystery(count);
    expect(after.filter(isOf("mystery")).length).toBeGreaterThan(before.filter(isOf("mystery")).length);
  });

  it("after nine likes of one kind, one for the first of the list brings another book and is named as a reason", () => {
    const own = liked(books.filter(isOf("science-fiction")).slice(0, 9));
    const before = booksOf(listFor(own));
    const [first] = before;
    const { recommendations } = listFor(first === undefined ? own : [...own, [first, 5]]);
    expect(recommendations.filter(({ book }) => !before.includes(book)).length).toBeGreaterThanOrEqual(1);
    const named = recommendations.flatMap(({ reason }) => reason.influences.map(({ book }) => book));
    expect(named).toContain(first);
  });

  it("one star for the first of the list takes it away, and what it would have spoken for goes down or stays", () => {
    const own = liked(hardScienceFiction);
    const list = listFor(own);
    const [first] = booksOf(list);
    const after = listFor(first === undefined ? own : [...own, [first, 1]]);
    expect(booksOf(after)).not.toContain(first);
    const sumOf = ({ recommendations }: RankedList) => recommendations.reduce((sum, { score }) => sum + score, 0);
    expect(sumOf(after)).toBeLessThan(sumOf(list));
  });
});
