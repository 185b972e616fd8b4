import { FILE_NAMES } from "./folder-files.ts";
import type { ImportOutcome } from "./import-outcome.ts";

/** How many bad rows of a file are listed. */
const LISTED = 10;

/** What an import did, for people. */
export function describeImport(outcome: ImportOutcome, seconds: number): string {
  const { imported, info } = outcome;
  const what = `${number(info.books)} books, ${number(info.ratings)} ratings and ${number(info.wishes)} wishes of ${number(info.readers)} readers`;
  if (!imported) {
    return `nothing to do: ${what} of just these files were imported on ${info.importedAt.toISOString()}\n`;
  }
  const lines = [
    `imported ${what} in ${seconds.toFixed(1)} s${outcome.resumed ? ", going on where the import before had stopped" : ""}`,
    `${number(outcome.builtIn)} of the books are built-in ones and keep their ids`,
    ...(outcome.repeated > 0
      ? [`${number(outcome.repeated)} rows name a reader and a book that another row names`]
      : []),
    ...badRowLines(outcome),
  ];
  return `${lines.join("\n")}\n`;
}

function badRowLines({ bad, badRows }: ImportOutcome): string[] {
  return FILE_NAMES.filter((file) => bad[file] > 0).flatMap((file) => {
    const listed = badRows.filter((row) => row.file === file).slice(0, LISTED);
    const more = bad[file] - listed.length;
    return [
      `${file}: ${number(bad[file])} bad ${bad[file] === 1 ? "row" : "rows"}, left out`,
      ...listed.map(({ line, reason }) => `  line ${line}: ${reason}`),
      ...(more > 0 ? [`  and ${number(more)} more`] : []),
    ];
  });
}

function number(value: number): string {
  return value.toLocaleString("en");
}
