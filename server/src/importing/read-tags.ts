import { join } from "node:path";
import { textProblem } from "../domain/text-problem.ts";
import { firstCodePoints } from "../domain/truncate.ts";
import { type BadRow, echo } from "./bad-row.ts";
import type { TagCount } from "./choose-categories.ts";
import { isShelf } from "./is-shelf.ts";
import { readNumberRows } from "./read-number-rows.ts";
import { readTable } from "./read-table.ts";

/** How many tags of a book are kept, and how many it may have while the file is read. */
const KEPT = 30;
const MOST_WAITING = 300;

/** Tells the rows that could not be used, and after every quarter of a megabyte how many rows there were. */
export interface TagReading {
  onBadRow(row: BadRow): void;
  /** May throw to end the reading. */
  onPiece(rows: number, offset: number): void;
}

/** Reads the names of `tags.csv` by their numbers, without those that name mere shelves. */
export async function readTagNames(folder: string, { onBadRow }: TagReading): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  await readTable({
    path: join(folder, "tags.csv"),
    name: "tags.csv",
    needed: ["tag_id", "tag_name"],
    optional: [],
    onBadRow,
    onRow({ tag_id, tag_name }) {
      if (!/^\d{1,10}(\.0*)?$/.test(tag_id)) return `tag_id must be a whole number: got ${echo(tag_id)}`;
      const name = tag_name.trim().toLowerCase();
      const problem = textProblem(name, "line");
      if (problem !== undefined) return `tag_name ${problem}`;
      if (!isShelf(name)) names.set(Number(tag_id), firstCodePoints(name, 100));
      return undefined;
    },
  });
  return names;
}

/**
 * Reads `book_tags.csv`: the 30 tags that most readers gave each book, the most used first, by the book's number in that file. Tags without a
 * name are passed over.
 */
export async function readBookTags(
  folder: string,
  names: ReadonlyMap<number, string>,
  { onBadRow, onPiece }: TagReading,
): Promise<ReadonlyMap<number, readonly TagCount[]>> {
  const tags = new Map<number, TagCount[]>();
  let rows = 0;
  await readNumberRows({
    path: join(folder, "book_tags.csv"),
    name: "book_tags.csv",
    columns: ["goodreads_book_id", "tag_id", "count"],
    onBadRow,
    onRow([book = 0, tag = 0, count = 0]) {
      rows++;
      const name = names.get(tag);
      if (name === undefined || count === 0) return undefined;
      const own = tags.get(book);
      if (own === undefined) tags.set(book, [[name, count]]);
      else if (own.push([name, count]) > MOST_WAITING) tags.set(book, mostUsed(own));
      return undefined;
    },
    afterPiece: ({ offset }) => onPiece(rows, offset),
  });
  for (const [book, own] of tags) tags.set(book, mostUsed(own));
  return tags;
}

/** A tag that comes twice counts as often as it does where that is more. */
function mostUsed(tags: readonly TagCount[]): TagCount[] {
  const counts = new Map<string, number>();
  for (const [tag, count] of tags) counts.set(tag, Math.max(count, counts.get(tag) ?? 0));
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, KEPT);
}
