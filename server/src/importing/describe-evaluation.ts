import { comparisonTable, listTable } from "../services/recommendation/domain/evaluation/comparison-table.ts";
import type { BadRow } from "./bad-row.ts";
import type { FolderEvaluation } from "./evaluate-folder.ts";

const MAX_LISTED = 10;

/** An evaluation for people: what was done, the table, and what of the data could not be used. */
export function describeEvaluation(evaluation: FolderEvaluation): string {
  const { split, seed, length, training, testReaders, badRows, results } = evaluation;
  const count = (value: number) => value.toLocaleString("en-US");
  const heldOut = split === "80-20" ? "a fifth of each reader's likes" : "one like of each reader";
  return `Held out: ${heldOut} (readers with 5 or more), seed ${seed}; ${count(testReaders)} readers tested.
Trained on ${count(training.likes)} likes of ${count(training.books)} books by ${count(training.readers)} readers.
All books are ranked but those that the reader rated or wants to read, as far as they were not held out.
Figures are means over the readers ± their standard error.

${comparisonTable(results, length)}
Of the lists: main authors for each book; novelty, the mean of −log2 of the share of readers who like a book; how many of the dislikes
that were held out are in a list, over the readers with two or more; NDCG for readers of whom so many likes are told and nothing else;
and the share of books in those lists for which popularity speaks more than all that was told.

${listTable(results, length)}${describeBadRows(badRows)}`;
}

function describeBadRows(badRows: readonly BadRow[]): string {
  if (badRows.length === 0) return "";
  const listed = badRows.slice(0, MAX_LISTED).map(({ file, line, reason }) => `  ${file}, line ${line}: ${reason}`);
  const more = badRows.length > MAX_LISTED ? [`  and ${badRows.length - MAX_LISTED} more`] : [];
  return `\n${badRows.length} bad rows passed over:\n${[...listed, ...more].join("\n")}\n`;
}
