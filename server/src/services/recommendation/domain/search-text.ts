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

/** All words that a book can be found by; some come twice. */
export function wordsOfText({ text }: SearchText): readonly string[] {
  return text.match(/\S+/g) ?? [];
}

/** A title without the name of its series, which follows in brackets: `Dune (Dune Chronicles, #1)`. */
export function withoutSeries(title: string): string {
  return title.replace(/\s*\([^()]*#[^()]*\)\s*$/, "");
}

/**
 * Tells how well a book that has all these words fits them, from 0 to 7: best where they are its whole title or an author's name, then where one of
 * them begins so, then where they stand in it in this order; and between two of these better where all are whole words. The last word
 * may be one that is still being typed, so its first two letters need not be a whole word. There is at least one word.
 */
export function createFit(words: readonly string[]): (text: SearchText) => number {
  // Made once, for thousands of books may have the words.
  const phrase = words.join(" ");
  const start = ` ${phrase}`;
  const name = `${separator}${start} ${separator}`;
  const last = words.length - 1;
  const whole = words.filter((word, at) => at < last || word.length > 2).map((word) => ` ${word} `);

  return ({ text, title: [titleStart, titleEnd], authors }) => {
    const bonus = whole.every((word) => text.includes(word)) ? 1 : 0;
    const begins = text.startsWith(phrase, titleStart);
    if (begins && titleEnd - titleStart === phrase.length) return 6 + bonus;
    if (text.includes(name, authors)) return 6 + bonus;
    if (begins || text.startsWith(phrase, 1) || text.includes(start, authors)) return 4 + bonus;
    return (words.length === 1 || text.includes(start) ? 2 : 0) + bonus;
  };
}
