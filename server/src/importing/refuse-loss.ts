import type { LibraryInfo } from "../storage/sqlite/library-file.ts";
import type { ImportOutcome } from "./import-outcome.ts";

/**
 * Refuses an import that would leave no ratings, or no wishes, where there are some or where the file has rows: more likely the file is not what
 * it should be than that it is meant.
 * @throws Error that says what would be lost, and why the rows of the file could not be used.
 */
export function refuseLoss({ info, bad, badRows }: ImportOutcome, before: LibraryInfo | undefined): void {
  for (const [kind, file] of [
    ["ratings", "ratings.csv"],
    ["wishes", "to_read.csv"],
  ] as const) {
    const lost = before?.[kind] ?? 0;
    if (info[kind] > 0 || (lost === 0 && bad[file] === 0)) continue;
    const first = badRows.find((row) => row.file === file);
    const rows = first && `, and ${number(bad[file])} rows that cannot be used, as line ${first.line}: ${first.reason}`;
    const loss = lost === 0 ? "" : `; ${number(lost)} would be lost`;
    throw new Error(
      `${file}: must have ${kind} that can be used: got none${rows ?? ""}${loss}. ` +
        "To import it all the same, run the command again with --allow-empty",
    );
  }
}

function number(value: number): string {
  return value.toLocaleString("en");
}
