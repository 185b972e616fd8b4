import { booksOf, createInteractions, type LikedPairsInput } from "../model/interactions.ts";
import { type ComparisonOptions, compareModels, type ModelResult } from "./compare-models.ts";
import { createTestCase } from "./split.ts";
import type { Split } from "./test-case.ts";

/**
 * Compares the models on a split made elsewhere: trained on the pairs of `train`, tested with every reader of `test`, whose
 * lists leave out what `train` says that the reader likes. A reader or a book that only `test` has counts too: the reader gets
 * the list of an unknown reader, and the book is missed.
 * @throws RangeError for an id that is none.
 */
export function evaluateHeldOut(
  train: LikedPairsInput,
  test: LikedPairsInput,
  { seed = 1, length = 20, now = () => performance.now() }: Partial<ComparisonOptions> = {},
): ModelResult[] {
  return compareModels(createSplit(train, test), { seed, length, now });
}

function createSplit(trainPairs: LikedPairsInput, testPairs: LikedPairsInput): Split {
  const train = createInteractions(trainPairs);
  const test = createInteractions(testPairs);
  const cases = Array.from(test.readerIds, (reader, row) => {
    const known = booksOfReader(reader);
    const heldOut = Array.from(booksOf(test, row), (book) => test.bookIds[book] ?? 0).filter(
      (book) => !known.has(book),
    );
    return createTestCase(train, reader, heldOut, []);
  });
  return { train, cases: cases.filter(({ heldOut }) => heldOut.length > 0) };

  function booksOfReader(reader: number): Set<number> {
    const { profile } = createTestCase(train, reader, [], []);
    return new Set(Array.from(profile.books, (book) => train.bookIds[book] ?? 0));
  }
}
