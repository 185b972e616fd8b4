/** How far an import is. */
export interface ImportProgress {
  /** What it does: the name of the file it reads, or a step of its own. */
  readonly step: string;
  /** How many rows of the step are done; 0 where a step has none. */
  readonly rows: number;
  /** How much of the whole import is done, 0 to 1. */
  readonly done: number;
}

/** Is told how far the import is, often; what it throws ends the import. */
export type OnImportProgress = (progress: ImportProgress) => void;
