import { expect, it } from "vitest";
import { movedBooks } from "./moved-books.ts";

const list = (...ids: number[]) => ids.map((id) => ({ id, title: `Book ${id}` }));

it("tells where each book was, which are new, and which are gone", () => {
  const { now, gone, count } = movedBooks(list(1, 2, 3), list(3, 2, 4));
  expect(now.map(({ id, rank, before }) => [id, rank, before])).toEqual([
    [3, 1, 3],
    [2, 2, 2],
    [4, 3, undefined],
  ]);
  expect(gone).toEqual([{ id: 1, title: "Book 1", before: 1 }]);
  expect(count).toBe(3);
});

it("counts nothing where the list is the same", () => {
  expect(movedBooks(list(1, 2), list(1, 2)).count).toBe(0);
});
