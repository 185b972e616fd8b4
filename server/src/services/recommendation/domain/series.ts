import type { Book } from "./book.ts";
import { wordsOf } from "./words.ts";

/** The volumes of one series, by the index of the book: the first volume first. */
export interface Series {
  readonly volumes: readonly number[];
}

/** The main author of a book however the name is spelled: `J. K. Rowling` is `J.K. Rowling`. Undefined where there is none. */
export function authorKey({ authors: [main = ""] }: Pick<Book, "authors">): string | undefined {
  return wordsOf(main).join("") || undefined;
}

/**
 * The series that books belong to, by the index of each book, told by the end of its title: `Dune Messiah (Dune, #2)` by the same author. Books that
 * are in none, and volumes that are no whole number, are left out.
 */
export function findSeries(books: readonly Pick<Book, "title" | "authors">[]): ReadonlyMap<number, Series> {
  const found = new Map<string, { readonly index: number; readonly number: number }[]>();
  books.forEach((book, index) => {
    const [, name = "", number = ""] = /\(([^()#]+?),?\s*#(\d+)\)\s*$/.exec(book.title) ?? [];
    if (number === "") return;
    const key = `${wordsOf(name).join(" ")}/${authorKey(book) ?? ""}`;
    const volumes = found.get(key) ?? [];
    found.set(key, volumes);
    volumes.push({ index, number: Number(number) });
  });
  const seriesOf = new Map<number, Series>();
  for (const unsorted of found.values()) {
    const sorted = unsorted.sort((a, b) => a.number - b.number || a.index - b.index);
    const series = { volumes: sorted.map(({ index }) => index) };
    for (const index of series.volumes) seriesOf.set(index, series);
  }
  return seriesOf;
}
