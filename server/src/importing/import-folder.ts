import { mkdir } from "node:fs/promises";
import { builtInBooks } from "../services/recommendation/domain/built-in-catalogue.ts";
import { openLibrary } from "../storage/sqlite/library.ts";
import { type LibraryBuilder, openLibraryBuilder } from "../storage/sqlite/library-builder.ts";
import { type LibraryInfo, libraryFile } from "../storage/sqlite/library-file.ts";
import { lockLibrary } from "../storage/sqlite/library-lock.ts";
import type { BadRow } from "./bad-row.ts";
import { checkFileForm } from "./check-file-form.ts";
import { FILE_NAMES, type FileName, type FileSizes, fingerprintOf, sizesOfFiles } from "./folder-files.ts";
import { idOf, importBooks, popularityOf } from "./import-books.ts";
import type { ImportOutcome } from "./import-outcome.ts";
import { BAD_ROWS_KEPT, type FileState, fileStateOf, importPairs } from "./import-pairs.ts";
import type { OnImportProgress } from "./import-progress.ts";
import { inferCategories } from "./infer-categories.ts";
import { refuseLoss } from "./refuse-loss.ts";
import { memoryOfMachine, refuseTooLarge } from "./refuse-too-large.ts";

/** What an import takes. */
export interface ImportOptions {
  /** A folder in the format of goodbooks-10k. */
  readonly folder: string;
  /** The server's data folder; made when missing. */
  readonly dataDir: string;
  readonly now: () => Date;
  readonly onProgress: OnImportProgress;
  /** Ends the import; what was read so far is kept for the next one. */
  readonly signal: AbortSignal;
  /** Whether it may leave no ratings, or no wishes, where there are some or where the file has rows. */
  readonly allowEmpty?: boolean;
  /** How many rows are written at once; 500,000 unless said otherwise. */
  readonly batchRows?: number;
  /** How much memory there is to train a model in, in bytes; that of the machine unless said otherwise. */
  readonly memoryBytes?: number;
}

/** Leaves room at the end of the progress for what comes after the files. */
const FILES_SHARE = 0.95;

/**
 * Imports a folder into a data folder: in place of what was imported before, whole or not at all, and going on where an import of the same data
 * was stopped. A server that uses the data folder notices by itself.
 * @throws Error that says in one sentence what is wrong with the folder; what the disk throws; the signal's reason once that is aborted.
 */
export async function importFolder(options: ImportOptions): Promise<ImportOutcome> {
  const { folder, dataDir, onProgress, signal } = options;
  const sizes = await sizesOfFiles(folder);
  for (const name of FILE_NAMES) await checkFileForm(folder, name);
  await mkdir(dataDir, { recursive: true });
  const lock = lockLibrary(dataDir);
  try {
    onProgress({ step: "checking", rows: 0, done: 0 });
    const fingerprint = await fingerprintOf(folder, signal);
    const before = infoOfUsable(dataDir);
    if (before?.fingerprint === fingerprint) return nothingToDo(before);
    const builder = openLibraryBuilder(`${libraryFile(dataDir)}.part`, fingerprint);
    try {
      return await build(options, { sizes, builder, fingerprint, before });
    } finally {
      builder.close();
    }
  } finally {
    lock.release();
  }
}

function nothingToDo(info: LibraryInfo): ImportOutcome {
  return { imported: false, info, builtIn: 0, repeated: 0, resumed: false, bad: NONE_BAD, badRows: [] };
}

/** What is known of the library that is there; one that cannot be read is as good as none, for it is about to be replaced. */
function infoOfUsable(dataDir: string): LibraryInfo | undefined {
  try {
    const library = openLibrary(dataDir);
    library?.close();
    return library?.info;
  } catch {
    return undefined;
  }
}

/** What is built, from what, and in whose place. */
interface Building {
  readonly sizes: FileSizes;
  readonly builder: LibraryBuilder;
  readonly fingerprint: string;
  readonly before: LibraryInfo | undefined;
}

const NONE_BAD: ImportOutcome["bad"] = countsByFile(() => 0);

function countsByFile(count: (file: FileName) => number): Readonly<Record<FileName, number>> {
  // One entry for each name, which is what the type says.
  return Object.fromEntries(FILE_NAMES.map((file) => [file, count(file)])) as Record<FileName, number>;
}

async function build(
  {
    folder,
    dataDir,
    now,
    onProgress,
    signal,
    allowEmpty = false,
    batchRows = 500_000,
    memoryBytes = memoryOfMachine(),
  }: ImportOptions,
  { sizes, builder, fingerprint, before: replaced }: Building,
): Promise<ImportOutcome> {
  const before = createBytesBefore(sizes);
  const resumed = keptBooks(builder) !== undefined;
  const { builtIn, bad: badBooks, hasPopularity } = keptBooks(builder) ?? (await buildBooks());
  const ids = new Map(builtIn);
  const bookIds = [...builder.books()].map(({ id }) => id);

  for (const file of ["ratings.csv", "to_read.csv"] as const) {
    const onPiece = ({ rows, offset }: FileState) => onProgress({ step: file, rows, done: before(file, offset) });
    const idOfBook = (bookId: number) => idOf(bookId, ids);
    await importPairs({ folder, file, builder, bookIds, idOf: idOfBook, batchRows, onPiece, signal });
  }
  const counts = builder.counts();
  refuseTooLarge(counts, memoryBytes);
  onProgress({ step: "finishing", rows: 0, done: FILES_SHARE });
  finishBooks(builder, hasPopularity);
  const [ratings, wishes] = [fileStateOf(builder, "ratings.csv"), fileStateOf(builder, "to_read.csv")];
  const info: LibraryInfo = { fingerprint, importedAt: now(), ...counts };
  const outcome: ImportOutcome = {
    imported: true,
    info,
    builtIn: ids.size,
    repeated: ratings.rows + wishes.rows - counts.ratings - counts.wishes,
    resumed,
    bad: { ...NONE_BAD, ...badBooks, "ratings.csv": ratings.bad, "to_read.csv": wishes.bad },
    badRows: builder.rejectedRows(),
  };
  if (!allowEmpty) refuseLoss(outcome, replaced);
  signal.throwIfAborted();
  await builder.publish(info, libraryFile(dataDir));
  return outcome;

  /** All of it is one step: it takes seconds, and everything else needs it. */
  async function buildBooks(): Promise<KeptBooks> {
    const badRows: BadRow[] = [];
    const tags = "book_tags.csv";
    const imported = await importBooks(folder, builtInBooks, {
      onBadRow: (row) => badRows.push(row),
      onPiece(rows, offset) {
        signal.throwIfAborted();
        onProgress({ step: tags, rows, done: before(tags, offset) });
      },
    });
    const kept: KeptBooks = {
      builtIn: [...imported.builtIn],
      hasPopularity: imported.hasPopularity,
      bad: countsByFile((file) => badRows.filter((row) => row.file === file).length),
    };
    builder.transaction(() => {
      for (const book of imported.books) builder.addBook(book);
      for (const file of FILE_NAMES) {
        for (const row of badRows.filter((bad) => bad.file === file).slice(0, BAD_ROWS_KEPT)) builder.rejectRow(row);
      }
      builder.keep("books", kept);
    });
    return kept;
  }
}

/** What is kept of the books for the steps that follow. */
interface KeptBooks {
  readonly builtIn: readonly (readonly [bookId: number, id: number])[];
  readonly hasPopularity: boolean;
  readonly bad: ImportOutcome["bad"];
}

function keptBooks(builder: LibraryBuilder): KeptBooks | undefined {
  // Kept by buildBooks.
  return builder.kept("books") as KeptBooks | undefined;
}

/** How much of the import is done when so many bytes of a file are read. */
function createBytesBefore(sizes: FileSizes): (file: FileName, offset: number) => number {
  const total = FILE_NAMES.reduce((sum, file) => sum + sizes[file], 0);
  return (file, offset) => {
    const before = FILE_NAMES.slice(0, FILE_NAMES.indexOf(file)).reduce((sum, name) => sum + sizes[name], 0);
    return (FILES_SHARE * (before + offset)) / total;
  };
}

/** Gives a category to the books whose tags name none, and a popularity to all where the data tell none: how many liked them here. */
function finishBooks(builder: LibraryBuilder, hasPopularity: boolean): void {
  const books = [...builder.books()];
  const categories = inferCategories(books, () => builder.likes());
  const likes = new Map<number, number>();
  if (!hasPopularity) {
    for (const list of builder.likes()) for (const id of list) likes.set(id, (likes.get(id) ?? 0) + 1);
  }
  const most = Math.max(0, ...likes.values());
  builder.transaction(() => {
    for (const book of books) {
      if (hasPopularity && !categories.has(book.id)) continue;
      builder.changeBook({
        id: book.id,
        categories: categories.get(book.id) ?? book.categories,
        popularity: hasPopularity ? book.popularity : popularityOf(likes.get(book.id) ?? 0, most),
      });
    }
  });
}
