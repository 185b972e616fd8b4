import type { LibraryInfo } from "../storage/sqlite/library-file.ts";
import type { BadRow } from "./bad-row.ts";
import type { FileName } from "./folder-files.ts";

/** What an import did. */
export interface ImportOutcome {
  /** False when the library held just these data already, and nothing was done. */
  readonly imported: boolean;
  readonly info: LibraryInfo;
  /** How many of the books are built-in ones. */
  readonly builtIn: number;
  /** How many good rows say again what another row said. */
  readonly repeated: number;
  /** Whether it went on where an import before it had stopped. */
  readonly resumed: boolean;
  /** How many rows of each file could not be used. */
  readonly bad: Readonly<Record<FileName, number>>;
  /** Of each file the first of them. */
  readonly badRows: readonly BadRow[];
}
