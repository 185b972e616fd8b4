import type { Book } from "./book.ts";
import { wordsOf } from "./words.ts";

/** The volumes of one series: the first first, and editions of one volume, which have its number, by index. */
export interface Series {
  readonly volumes: readonly Volume[];
}

/** A book as a volume of a series. */
export interface Volume {
  readonly book: number;
  readonly number: number;
}

/** The main author of a book however the name is spelled: `J. K. Rowling` is `J.K. Rowling`. Undefined where there is none. */
export function authorKey({ authors: [main = ""] }: Pick<Book, "authors">): string | undefined {
  return nameKey(main) || undefined;
}

/** A name without what spellings differ in: capitals, accents, points and spaces. Empty where nothing else is in it. */
export function nameKey(name: string): string {
  return wordsOf(name).join("");
}

/**
 * The series that books belong to, by the index of each book, told by the end of its title: `Dune Messiah (Dune, #2)` by the same author, who has to be known;
 * of several series the first that is named. Books that are in none, and volumes that are no whole number, are left out.
 */
export function findSeries(books: readonly Pick<Book, "title" | "authors">[]): ReadonlyMap<number, Series> {
  const found = new Map<string, Volume[]>();
  books.forEach((book, index) => {
    const [, name = "", number = ""] = /\(([^()#;]+?),?\s*#(\d+)(?:[;,][^()]*)?\)\s*$/.exec(book.title) ?? [];
    const author = authorKey(book);
    if (number === "" || author === undefined) return;
    const key = `${wordsOf(name).join(" ")}/${author}`;
    const volumes = found.get(key) ?? [];
    found.set(key, volumes);
    volumes.push({ book: index, number: Number(number) });
  });
  const seriesOf = new Map<number, Series>();
  for (const unsorted of found.values()) {
    const series = { volumes: unsorted.sort((a, b) => a.number - b.number || a.book - b.book) };
    for (const { book } of series.volumes) seriesOf.set(book, series);
  }
  return seriesOf;
}
