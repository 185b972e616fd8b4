import { open } from "node:fs/promises";
import { type BadRow, echo } from "./bad-row.ts";
import type { GoodbooksFeedback } from "./read-feedback.ts";

const SEPARATOR = /[,;\t]|\s+/;

/**
 * Reads a file with a reader and a book that this reader likes in each line, parted by a comma, a semicolon, a tab or spaces, and numbers both in the order in
 * which they come. They may be called anything; further columns, empty lines and a first line without a digit are passed over.
 * @throws Error when the file cannot be read.
 */
export async function readPairs(path: string): Promise<GoodbooksFeedback> {
  const readers: number[] = [];
  const books: number[] = [];
  const badRows: BadRow[] = [];
  const numberOfReader = createNumbering();
  const numberOfBook = createNumbering();
  let line = 0;
  // Closed when its last line is read.
  const file = await open(path);
  for await (const text of file.readLines()) {
    line++;
    const row = text.replace(/^\ufeff/, "").trim();
    if (row === "" || (line === 1 && !/\d/.test(row))) continue;
    const [reader = "", book = ""] = row.split(SEPARATOR).map((cell) => cell.trim());
    if (reader === "" || book === "") {
      badRows.push({ file: path, line, reason: `must be a reader and a book: got ${echo(row)}` });
      continue;
    }
    readers.push(numberOfReader(reader));
    books.push(numberOfBook(book));
  }
  return { likes: { readers, books }, others: { readers: [], books: [], weights: [] }, badRows };
}

function createNumbering(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
}
