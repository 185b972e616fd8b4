import { join } from "node:path";
import type { LibraryBuilder } from "../storage/sqlite/library-builder.ts";
import type { BadRow } from "./bad-row.ts";
import type { FileName } from "./folder-files.ts";
import { unknownBook } from "./import-books.ts";
import { createPairBatch } from "./pair-batch.ts";
import { type FilePosition, readNumberRows } from "./read-number-rows.ts";

/** How far a file has been imported; kept with what was written, in the same transaction. */
export interface FileState extends FilePosition {
  /** How many rows are good, and how many are not. */
  readonly rows: number;
  readonly bad: number;
}

/** How many bad rows of a file are kept to be listed; all are counted. */
export const BAD_ROWS_KEPT = 100;

/** What importing a file of pairs takes. */
export interface PairsImport {
  readonly folder: string;
  readonly file: FileName & ("ratings.csv" | "to_read.csv");
  readonly builder: LibraryBuilder;
  /** The ids of all books, ascending, and the id of each `book_id`. */
  readonly bookIds: readonly number[];
  idOf(bookId: number): number;
  /** How many rows are written in one transaction. */
  readonly batchRows: number;
  /** Is told after each piece how far the file is; what it throws ends the import, after what was read is kept. */
  onPiece(state: FileState): void;
  readonly signal: AbortSignal;
}

const NOTHING_READ: FileState = { offset: 0, line: 0, rows: 0, bad: 0 };

/** How far a file was imported by this builder or the one before it. */
export function fileStateOf(builder: LibraryBuilder, file: FileName): FileState {
  // Written by importPairs.
  return (builder.kept(`state ${file}`) as FileState | undefined) ?? NOTHING_READ;
}

/**
 * Reads the ratings or wishes of a folder into a library, from where it stopped before. Rejects with the signal's reason once that is aborted, when all that
 * was read is kept, and with an Error when the file cannot be read or has other columns.
 */
export async function importPairs(options: PairsImport): Promise<void> {
  const { folder, file, builder, bookIds, idOf, batchRows, onPiece, signal } = options;
  const indexOf = new Map(bookIds.map((id, index) => [id, index]));
  const batch = createPairBatch();
  const badRows: BadRow[] = [];
  const start = fileStateOf(builder, file);
  let { rows, bad } = start;
  let position: FilePosition = start;
  const hasStars = file === "ratings.csv";

  const write = (state: FileState) =>
    builder.transaction(() => {
      batch.drain((userId, index, stars) => {
        const bookId = bookIds[index] ?? 0;
        if (hasStars) builder.addRating(userId, { bookId, stars });
        else builder.addWish(userId, bookId);
      });
      for (const row of badRows) builder.rejectRow(row);
      builder.keep(`state ${file}`, state);
    });

  await readNumberRows({
    path: join(folder, file),
    name: file,
    columns: hasStars ? ["user_id", "book_id", "rating"] : ["user_id", "book_id"],
    ...(start.line > 0 && { from: start }),
    onRow([reader = 0, book = 0, stars = 0]) {
      if (reader < 1) return `user_id must be 1 or more: got ${reader}`;
      if (hasStars && (stars < 1 || stars > 5)) return `must be 1 to 5 stars: got ${stars}`;
      const index = indexOf.get(idOf(book));
      if (index === undefined) return unknownBook(book);
      batch.add(reader, index, hasStars ? stars : 0);
      rows++;
      return undefined;
    },
    onBadRow(row) {
      if (++bad <= BAD_ROWS_KEPT) badRows.push(row);
    },
    afterPiece(reached) {
      position = reached;
      const state = { ...position, rows, bad };
      if (batch.length >= batchRows || signal.aborted) write(state);
      signal.throwIfAborted();
      onPiece(state);
    },
  });
  write({ ...position, rows, bad });
}
