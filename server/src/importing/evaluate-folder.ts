import { existsSync } from "node:fs";
import { join } from "node:path";
import { compareModels, type ModelResult } from "../services/recommendation/domain/evaluation/compare-models.ts";
import { HOLD_OUT_A_FIFTH, LEAVE_ONE_OUT, splitFeedback } from "../services/recommendation/domain/evaluation/split.ts";
import type { Shelf } from "../services/recommendation/domain/evaluation/test-case.ts";
import { createRandom } from "../services/recommendation/domain/model/random.ts";
import { authorKey, findSeries } from "../services/recommendation/domain/series.ts";
import type { BadRow } from "./bad-row.ts";
import type { EvaluateOptions, SplitName } from "./evaluate-options.ts";
import { readBooks } from "./read-books.ts";
import { type GoodbooksFeedback, readFeedback } from "./read-feedback.ts";
import { readPairs } from "./read-pairs.ts";

/** An evaluation of all models on a folder of data. */
export interface FolderEvaluation {
  readonly split: SplitName;
  readonly seed: number;
  /** How many books a list has. */
  readonly length: number;
  /** How much the models were trained on. */
  readonly training: { readonly readers: number; readonly books: number; readonly likes: number };
  readonly testReaders: number;
  readonly badRows: readonly BadRow[];
  readonly results: readonly ModelResult[];
}

const LIST_LENGTH = 10;
const MAX_TEST_READERS = 10_000;
/** Of how many likes models are told, for readers who have just begun and for those who have not. */
const FEW_RATINGS = [1, 3, 10, 77];

/**
 * Reads a folder or a file of pairs, holds out, trains and tests. Without a split in the options it is leave-one-out for up to 10,000 readers, where
 * every like that is not held out counts, and 80/20 for more. The same data and seed give the same figures, times apart.
 * @throws Error when the folder cannot be read or has nothing to test with.
 */
export async function evaluateFolder(
  options: Pick<EvaluateOptions, "folder" | "seed" | "split" | "format">,
): Promise<FolderEvaluation> {
  const { folder, seed, format } = options;
  const feedback = await (format === "pairs" ? readPairs(folder) : readFeedback(folder));
  const name = options.split ?? (countReaders(feedback) > MAX_TEST_READERS ? "80-20" : "leave-one-out");
  const split = splitFeedback(feedback, {
    ...(name === "80-20" ? HOLD_OUT_A_FIFTH : LEAVE_ONE_OUT),
    maxCases: MAX_TEST_READERS,
    random: createRandom(seed),
  });
  if (split.cases.length === 0)
    throw new Error(`must be a reader with ${LEAVE_ONE_OUT.minBooks} likes or more: got none`);
  const { readerIds, bookIds, books } = split.train;
  const shelf = format === "goodbooks" ? await readShelf(folder, bookIds) : undefined;
  return {
    split: name,
    seed,
    length: LIST_LENGTH,
    training: { readers: readerIds.length, books: bookIds.length, likes: books.length },
    testReaders: split.cases.length,
    badRows: feedback.badRows,
    results: compareModels(
      { ...split, shelf },
      { seed, length: LIST_LENGTH, fewRatings: FEW_RATINGS, variants: true, now: () => performance.now() },
    ),
  };
}

/** What `books.csv` says of the books; undefined where there is none. */
async function readShelf(folder: string, bookIds: Int32Array): Promise<Shelf | undefined> {
  if (!existsSync(join(folder, "books.csv"))) return undefined;
  const known = new Map((await readBooks(folder, () => {})).map((book) => [book.bookId, book]));
  const books = Array.from(bookIds, (id) => known.get(id) ?? { title: "", authors: [] });
  const authors = books.map(authorKey);
  return { authorOf: (book) => authors[book], seriesOf: findSeries(books) };
}

function countReaders({ likes }: GoodbooksFeedback): number {
  return new Set(Array.from(likes.readers)).size;
}
