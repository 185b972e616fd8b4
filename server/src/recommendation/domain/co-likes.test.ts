import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCoLikes } from "./co-likes.ts";

const bookCount = 5;
const pairs = Array.from({ length: bookCount }, (_, a) =>
  Array.from({ length: bookCount }, (_, b) => [a, b] as const),
).flat();
const opinions = fc.array(
  fc.record({ user: fc.integer({ min: 1, max: 4 }), book: fc.nat({ max: bookCount - 1 }), liked: fc.boolean() }),
  { maxLength: 40 },
);

function learn(list: readonly { readonly user: number; readonly book: number; readonly liked: boolean }[]) {
  const coLikes = createCoLikes(bookCount);
  for (const { user, book, liked } of list) coLikes.set(user, book, liked);
  return pairs.map(([a, b]) => coLikes.similarity(a, b));
}

describe("createCoLikes", () => {
  it("finds two books alike that the same readers like, more so the more readers there are", () => {
    const coLikes = createCoLikes(2);
    const similarities = [1, 2, 3].map((user) => {
      coLikes.set(user, 0, true);
      coLikes.set(user, 1, true);
      return coLikes.similarity(0, 1);
    });
    expect(similarities).toEqual([1 / 11, 2 / 12, 3 / 13]);
  });

  it("finds two books less alike the more readers like only one of them", () => {
    const coLikes = createCoLikes(2);
    for (const book of [0, 1]) coLikes.set(1, book, true);
    for (const user of [2, 3, 4]) coLikes.set(user, 0, true);
    expect(coLikes.similarity(0, 1)).toBe(1 / 12);
  });

  it("tells whether an opinion is new", () => {
    const coLikes = createCoLikes(1);
    const answers = [true, true, false, false].map((liked) => coLikes.set(1, 0, liked));
    expect(answers).toEqual([true, false, true, false]);
  });

  it("knows in the end only what holds in the end, whatever came before and in whatever order", () => {
    fc.assert(
      fc.property(opinions, (list) => {
        const latest = new Map(list.map((opinion) => [`${opinion.user}/${opinion.book}`, opinion]));
        const liked = [...latest.values()].filter((opinion) => opinion.liked);
        expect(learn(list)).toEqual(learn(liked.reverse()));
      }),
    );
  });

  it("stays symmetric and between 0 and 1", () => {
    fc.assert(
      fc.property(opinions, (list) => {
        const similarities = learn(list);
        expect(similarities.every((value) => value >= 0 && value < 1)).toBe(true);
        expect(pairs.map(([a, b]) => similarities[b * bookCount + a])).toEqual(similarities);
      }),
    );
  });
});
