import { compareModels, type ModelResult } from "../services/recommendation/domain/evaluation/compare-models.ts";
import { HOLD_OUT_A_FIFTH, LEAVE_ONE_OUT, splitFeedback } from "../services/recommendation/domain/evaluation/split.ts";
import { createRandom } from "../services/recommendation/domain/model/random.ts";
import type { BadRow } from "./bad-row.ts";
import type { EvaluateOptions, SplitName } from "./evaluate-options.ts";
import { type GoodbooksFeedback, readFeedback } from "./read-feedback.ts";

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

/**
 * Reads a folder, holds out, trains and tests. Without a split in the options it is leave-one-out for up to 10,000 readers, where
 * every like that is not held out counts, and 80/20 for more. The same data and seed give the same figures, times apart.
 * @throws Error when the folder cannot be read or has nothing to test with.
 */
export async function evaluateFolder(
  options: Pick<EvaluateOptions, "folder" | "seed" | "split">,
): Promise<FolderEvaluation> {
  const { folder, seed } = options;
  const feedback = await readFeedback(folder);
  const name = options.split ?? (countReaders(feedback) > MAX_TEST_READERS ? "80-20" : "leave-one-out");
  const split = splitFeedback(feedback, {
    ...(name === "80-20" ? HOLD_OUT_A_FIFTH : LEAVE_ONE_OUT),
    maxCases: MAX_TEST_READERS,
    random: createRandom(seed),
  });
  if (split.cases.length === 0)
    throw new Error(`must be a reader with ${LEAVE_ONE_OUT.minBooks} likes or more: got none`);
  const { readerIds, bookIds, books } = split.train;
  return {
    split: name,
    seed,
    length: LIST_LENGTH,
    training: { readers: readerIds.length, books: bookIds.length, likes: books.length },
    testReaders: split.cases.length,
    badRows: feedback.badRows,
    results: compareModels(split, { seed, length: LIST_LENGTH, now: () => performance.now() }),
  };
}

function countReaders({ likes }: GoodbooksFeedback): number {
  return new Set(Array.from(likes.readers)).size;
}
