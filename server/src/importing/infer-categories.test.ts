import { expect, it } from "vitest";
import { inferCategories } from "./infer-categories.ts";

const book = (id: number, author: string, ...categories: string[]) => ({ id, authors: [author], categories });
const poems = [1, 2, 3, 4].map((id) => book(id, `Poet ${id}`, "poetry"));
const thrillers = [11, 12, 13, 14].map((id) => book(id, `Writer ${id}`, "thriller", "crime"));

it("a book without categories has those of its author's other books", () => {
  const books = [...poems, ...thrillers, book(20, "Poet 2"), book(21, "Writer 11")];
  expect(inferCategories(books, () => [])).toEqual(
    new Map([
      [20, ["poetry"]],
      [21, ["thriller", "crime"]],
    ]),
  );
});

it("a book whose author has no other has what its readers like more than readers do", () => {
  const books = [...poems, ...thrillers, book(20, "New"), book(21, "Newer")];
  const likes = [
    [20, 1, 2, 11],
    [20, 2, 3],
    [20, 4, 1],
    [21, 11, 12, 1],
    [21, 13],
    [21, 14, 12],
    [1, 2, 3, 11],
  ];
  expect(inferCategories(books, () => likes)).toEqual(
    new Map([
      [20, ["poetry"]],
      [21, expect.arrayContaining(["thriller"])],
    ]),
  );
});

it("a book of which too little is known is among the others", () => {
  const books = [...poems, book(20, "New"), book(21, "Newer")];
  const likes = [[20, 1], [20, 2], [21], [21], [21]];
  expect([...inferCategories(books, () => likes).values()]).toEqual([["other"], ["other"]]);
});

it("books that have categories are left alone, and readers are not asked for nothing", () => {
  const never = () => {
    throw new Error("unexpected call");
  };
  expect(inferCategories([...poems, book(20, "Poet 1")], never).size).toBe(1);
});
