import { join } from "node:path";
import { hasVisible, textProblem } from "../domain/text-problem.ts";
import { type BadRow, echo } from "./bad-row.ts";
import { readTable } from "./read-table.ts";

/** A book as the data tell it. */
export interface SourceBook {
  /** Its number in the ratings. */
  readonly bookId: number;
  /** Its number in the tags; 0 when it has none. */
  readonly goodreadsId: number;
  readonly title: string;
  /** The title it was first published under; empty when not known. */
  readonly originalTitle: string;
  readonly authors: readonly string[];
  /** The year first published; negative before the common era, 0 when not known. */
  readonly year: number;
  /** How many people rated it, of whom the data hold only a part; undefined when not told. */
  readonly ratingsCount: number | undefined;
}

/** Ids of imported books have to stay below 2³¹ when 1,000 is added to them. */
const MAX_BOOK_ID = 0x7fff_ffff - 1_000;
const MAX_TEXT = 1_000;

/**
 * Reads `books.csv` of a folder.
 * @throws Error when it cannot be read or lacks a column.
 */
export async function readBooks(folder: string, onBadRow: (row: BadRow) => void): Promise<readonly SourceBook[]> {
  const books: SourceBook[] = [];
  const seen = new Set<number>();
  await readTable({
    path: join(folder, "books.csv"),
    name: "books.csv",
    needed: ["book_id", "goodreads_book_id", "authors", "title"],
    optional: ["original_title", "original_publication_year", "ratings_count"],
    onBadRow,
    onRow(row) {
      const bookId = wholeNumber(row.book_id);
      if (bookId === undefined || bookId < 1 || bookId > MAX_BOOK_ID) {
        return `book_id must be 1 to ${MAX_BOOK_ID}: got ${echo(row.book_id)}`;
      }
      if (seen.has(bookId)) return `book_id must be another in each row: got ${bookId} again`;
      const originalTitle = textOf(row.original_title);
      const title = textOf(row.title) || originalTitle;
      if (title === "") return "title must not be empty";
      if (!hasVisible(title)) return `title must have something visible: got ${echo(title)}`;
      const problem = problemOf("title", title) ?? problemOf("authors", textOf(row.authors));
      if (problem !== undefined) return problem;
      if (title.length > MAX_TEXT || row.authors.length > MAX_TEXT) {
        return `title and authors must have at most ${MAX_TEXT} characters: got ${echo(title)}`;
      }
      seen.add(bookId);
      const authors = row.authors.split(",").map(textOf);
      books.push({
        bookId,
        goodreadsId: wholeNumber(row.goodreads_book_id) ?? 0,
        title,
        originalTitle,
        authors: [...new Set(authors)].filter(hasVisible),
        year: yearOf(row.original_publication_year),
        ratingsCount: wholeNumber(row.ratings_count),
      });
      return undefined;
    },
  });
  return books;
}

function textOf(cell: string): string {
  return cell.normalize("NFC").replace(/\s+/g, " ").trim();
}

function problemOf(field: string, text: string): string | undefined {
  const problem = textProblem(text, "line");
  return problem && `${field} ${problem}`;
}

/** The data write years as `1965.0`, and nothing where they know none. */
function yearOf(cell: string): number {
  return /^-?\d{1,4}(\.0*)?$/.test(cell) ? Number(cell) : 0;
}

function wholeNumber(cell: string): number | undefined {
  return /^\d{1,15}(\.0*)?$/.test(cell) ? Number(cell) : undefined;
}
