import { expect, it } from "vitest";
import type { Book } from "./book.ts";
import { mergeBooks } from "./merge-books.ts";

const book = (id: number, title: string, popularity: number): Book => ({
  id,
  title,
  authors: ["A"],
  year: 1900,
  categories: ["poetry"],
  popularity,
});

it("built-in books stay what they are and others join, and the data say how popular each is", () => {
  const builtIn = [book(1, "One", 50), book(2, "Two", 60)];
  const imported = [book(2, "Two (Series, #1)", 70), book(3, "Was built in once", 1), book(1001, "New", 80)];
  expect(mergeBooks(builtIn, imported)).toEqual([book(1, "One", 50), book(2, "Two", 70), book(1001, "New", 80)]);
  expect(mergeBooks(builtIn, [])).toEqual(builtIn);
});
