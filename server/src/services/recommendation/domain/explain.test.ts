import { describe, expect, it } from "vitest";
import type { Book } from "./book.ts";
import { explain } from "./explain.ts";

const book = (id: number): Book => ({ id, title: `B${id}`, authors: [], year: 1, categories: [], popularity: 1 });
const contribution = (id: number, stars: number, amount: number) => ({ book: book(id), stars, amount });

type Amounts = readonly ReturnType<typeof contribution>[];

function explained(own: Amounts, popularity: number, popular = "Popular with many readers", known = true) {
  const terms = Float64Array.from(own, ({ amount }) => amount);
  return explain({ popularity, terms }, own, { popular, known });
}

function shares(own: Amounts, popularity: number) {
  return explained(own, popularity).influences.map(({ book: { id }, share }) => [id, share]);
}

describe("explain", () => {
  it("gives each book's share of all that speaks for the recommendation, the strongest first", () => {
    expect(shares([contribution(1, 4, 1), contribution(2, 5, 2)], 1)).toEqual([
      [2, 0.5],
      [1, 0.25],
    ]);
  });

  it("tells what each of them and the popularity add to the score", () => {
    expect(explained([contribution(1, 4, 0.25), contribution(2, 1, -3)], 0.75)).toMatchObject({
      popularity: 0.75,
      influences: [{ share: 0.25, contribution: 0.25 }],
    });
  });

  it("leaves out what speaks against it, and shares under 5 %", () => {
    expect(shares([contribution(1, 1, -3), contribution(2, 5, 0.96), contribution(3, 4, 0.04)], 0)).toEqual([
      [2, 0.96],
    ]);
  });

  it("names at most five books, those of the same share by id", () => {
    const equal = [7, 6, 5, 4, 3, 2].map((id) => contribution(id, 5, 1));
    expect(shares(equal, 2).map(([id]) => id)).toEqual([2, 3, 4, 5, 6]);
  });

  it.each([
    ["nothing", [], "Popular with many readers"],
    ["one book liked", [contribution(1, 5, 1)], "Because you liked B1"],
    [
      "two books liked about as strongly",
      [contribution(1, 4, 1), contribution(2, 5, 2)],
      "Because you liked B2 and B1",
    ],
    ["one far ahead of another", [contribution(1, 5, 1), contribution(2, 5, 3)], "Because you liked B2"],
    ["popularity ahead of a book liked", [contribution(1, 5, 0.5)], "Popular with many readers, and you liked B1"],
    ["a book liked as strongly as it is popular", [contribution(1, 5, 1)], "Because you liked B1"],
    [
      "popularity ahead of each of two",
      [contribution(1, 5, 0.75), contribution(2, 3, 0.75)],
      "Popular with many readers, and you rated B1 and B2",
    ],
    ["a book rated without enthusiasm", [contribution(1, 3, 1)], "Because you rated B1"],
    ["popularity over little else", [contribution(1, 5, 0.01)], "Popular with many readers"],
  ])("says it in a sentence for %s", (_, contributions, summary) => {
    expect(explained(contributions, 1).summary).toBe(summary);
  });

  it("says of a book that few like what the reader likes, and else that few do", () => {
    const few = (own: Amounts) => explained(own, 1, "Known to few", false).summary;
    expect(few([contribution(1, 5, 0.5)])).toBe("You liked B1");
    expect(few([contribution(1, 5, 2)])).toBe("Because you liked B1");
    expect(few([])).toBe("Known to few");
  });

  it("says of a popular book what it is told to say", () => {
    expect(explained([], 1, "Popular with the neighbours").summary).toBe("Popular with the neighbours");
  });
});
