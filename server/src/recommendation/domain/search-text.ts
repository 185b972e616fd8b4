import type { Book } from "./book.ts";
import { searchableWordsOf, wordsOf } from "./words.ts";

/** What a book can be found by. */
export interface SearchText {
  /**
   * All its words, each with a space on either side: those of the title, of each author, and those that only punctuation parts
   * in one, with a line end between these.
   */
  readonly text: string;
  /** Where in the text its title starts, an article left out, and where it ends, a series in brackets left out. */
  readonly title: readonly [start: number, end: number];
  /** Where in the text the authors start. */
  readonly authors: number;
}

const separator = "\n";
const articles: ReadonlySet<string> = new Set(["a", "an", "the"]);

/** What can be found of a book. */
export function searchTextOf({ title, authors }: Book): SearchText {
  const words = wordsOf(title);
  const start = words.length > 1 && articles.has(words[0] ?? "") ? (words[0] ?? "").length + 2 : 1;
  const titleText = ` ${words.join(" ")} `;
  const names = authors.map((author) => `${separator} ${wordsOf(author).join(" ")} `).join("");
  const known = new Set(`${titleText}${names}`.split(/\s+/));
  const joined = [title, ...authors].flatMap(searchableWordsOf).filter((word) => !known.has(word));
  return {
    text: `${titleText}${names}${separator} ${joined.join(" ")} `,
    title: [start, Math.max(start, ` ${wordsOf(withoutSeries(title)).join(" ")}`.length)],
    authors: titleText.length,
  };
}

/** A title without the name of its series, which follows in brackets: `Dune (Dune Chronicles, #1)`. */
export function withoutSeries(title: string): string {
  return title.replace(/\s*\([^()]*#[^()]*\)\s*$/, "");
}

/**
 * How well a book that has all the words fits them, from 0 to 7: best where they are its whole title or an author's name, then where one of them
 * begins so, then where they stand in it in this order; and between two of these better where all are whole words. The last word
 * may be one that is still being typed, so its first two letters need not be a whole word.
 */
export function fitOf({ text, title: [start, end], authors }: SearchText, words: readonly string[]): number {
  const phrase = words.join(" ");
  const last = words.length - 1;
  const isWhole = (word: string, at: number) => (at === last && word.length <= 2) || text.includes(` ${word} `);
  const whole = words.every(isWhole) ? 1 : 0;
  if (text.slice(start, end) === phrase || text.includes(`${separator} ${phrase} ${separator}`)) return 6 + whole;
  const begins = text.startsWith(phrase, 1) || text.startsWith(phrase, start) || text.includes(` ${phrase}`, authors);
  if (begins) return 4 + whole;
  return (text.includes(` ${phrase}`) ? 2 : 0) + whole;
}
