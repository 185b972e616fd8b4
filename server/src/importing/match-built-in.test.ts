import { expect, it } from "vitest";
import type { Book } from "../services/recommendation/domain/book.ts";
import { matchBuiltIn } from "./match-built-in.ts";
import type { SourceBook } from "./read-books.ts";

const source = (bookId: number, title: string, author: string, more: Partial<SourceBook> = {}): SourceBook => ({
  bookId,
  goodreadsId: bookId,
  title,
  originalTitle: "",
  authors: [author],
  year: 0,
  ratingsCount: 1,
  ...more,
});
const builtIn = (id: number, title: string, author: string): Book => ({
  id,
  title,
  authors: [author],
  year: 0,
  categories: [],
  popularity: 1,
});

it.each([
  ["The Maltese Falcon", "Dashiell Hammett", source(1, "The Maltese Falcon", "Dashiell Hammett")],
  ["Ender's Game", "Orson Scott Card", source(1, "Ender’s Game (Ender's Saga, #1)", "Orson Scott Card")],
  ["Nineteen Eighty-Four", "George Orwell", source(1, "1984", "G. Orwell", { originalTitle: "Nineteen Eighty-Four" })],
  ["Quiet", "Susan Cain", source(1, "Quiet: The Power of Introverts", "Susan Cain")],
  ["Moby-Dick", "Herman Melville", source(1, "Moby-Dick or, The Whale", "Herman Melville")],
  ["The Dune Chronicles", "Frank Herbert", source(1, "Dune (Dune Chronicles #1)", "Frank Herbert")],
  ["Crime and Punishment", "Fyodor Dostoevsky", source(1, "Crime and Punishment", "Fyodor Dostoyevsky")],
  ["Slaughterhouse-Five", "Kurt Vonnegut", source(1, "Slaughterhouse-Five", "Kurt Vonnegut Jr.")],
])("finds %s by %s", (title, author, book) => {
  expect(matchBuiltIn([book], [builtIn(7, title, author)])).toEqual(new Map([[1, 7]]));
});

it.each([
  ["another book of the author", source(1, "Dune Messiah (Dune Chronicles #2)", "Frank Herbert")],
  ["a book of the same title by another", source(1, "Dune", "Conor Kostick")],
  ["a later volume of the series", source(1, "Children of Dune (Dune, #3)", "Frank Herbert")],
  ["a book without a title that could tell it", source(1, "???", "Frank Herbert")],
])("does not take %s for it", (_, book) => {
  expect(matchBuiltIn([book], [builtIn(6, "Dune", "Frank Herbert")])).toEqual(new Map());
});

it("takes of several editions the one whose title fits best, and then the one that most people rated", () => {
  const editions = [
    source(1, "Dune: The Graphic Novel", "Frank Herbert", { ratingsCount: 900 }),
    source(2, "Dune", "Frank Herbert", { ratingsCount: 20 }),
    source(3, "Dune (Dune, #1)", "Frank Herbert", { ratingsCount: 300 }),
  ];
  expect(matchBuiltIn(editions, [builtIn(6, "Dune", "Frank Herbert")])).toEqual(new Map([[3, 6]]));
});
