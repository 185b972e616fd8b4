import type { Book } from "../services/recommendation/domain/book.ts";
import { withoutSeries } from "../services/recommendation/domain/search-text.ts";
import { wordsOf } from "../services/recommendation/domain/words.ts";
import type { SourceBook } from "./read-books.ts";

const articles: ReadonlySet<string> = new Set(["a", "an", "the"]);

/**
 * Finds which books of the data are books of the built-in catalogue: the id of the built-in book by `bookId`. They are told by the last name of the main
 * author, however it is transcribed, and the title without articles and series: the whole of it, else the one first published under, else without the subtitle,
 * else, for a built-in book that stands for a series, the name of the series whose first volume it is. Where several
 * editions fit equally well it is the one that most people rated.
 */
export function matchBuiltIn(source: readonly SourceBook[], builtIn: readonly Book[]): ReadonlyMap<number, number> {
  const byAuthor = new Map<string, SourceBook[]>();
  for (const book of source.toSorted((a, b) => (b.ratingsCount ?? 0) - (a.ratingsCount ?? 0) || a.bookId - b.bookId)) {
    for (const name of new Set(wordsOf(book.authors[0] ?? "").map(nameKey))) {
      const books = byAuthor.get(name);
      if (books) books.push(book);
      else byAuthor.set(name, [book]);
    }
  }
  const matches = new Map<number, number>();
  for (const { id, title, authors } of builtIn) {
    const candidates = byAuthor.get(nameKey(wordsOf(authors[0] ?? "").at(-1) ?? "")) ?? [];
    const wanted = titleKey(title);
    for (const keyOf of waysToTell) {
      const match = candidates.find((book) => !matches.has(book.bookId) && keyOf(book) === wanted);
      if (match === undefined) continue;
      matches.set(match.bookId, id);
      break;
    }
  }
  return matches;
}

const waysToTell: readonly ((book: SourceBook) => string | undefined)[] = [
  ({ title }) => titleKey(title),
  ({ originalTitle }) => titleKey(originalTitle),
  ({ title }) => titleKey(title.replace(/[:/].*$|,? or, .*$|,? and other .*$/i, "")),
  ({ title }) => {
    const [, series] = /\(([^()#]*?),?\s*#1\)\s*$/.exec(title) ?? [];
    return series === undefined ? undefined : titleKey(series);
  },
];

/** The words of a title that tell it; undefined when it has none. */
function titleKey(title: string): string | undefined {
  const words = wordsOf(withoutSeries(title));
  const told = words.length > 1 && articles.has(words[0] ?? "") ? words.slice(1) : words;
  return told.length === 0 ? undefined : told.join(" ");
}

/** A name as its consonants, for `Dostoevsky` is `Dostoyevsky`; a name of few of them as it is. */
function nameKey(word: string): string {
  const consonants = word.replace(/[aeiouy]/g, "");
  return consonants.length >= 4 ? consonants : word;
}
