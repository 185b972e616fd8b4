import { totalmem } from "node:os";
import { bytesToTrain } from "../services/recommendation/domain/training/training-memory.ts";
import type { LibraryInfo } from "../storage/sqlite/library-file.ts";

const BYTES_PER_GB = 1e9;

/**
 * Refuses an import for which this machine could never train a model.
 * @throws Error that says what it would need and what there is.
 */
export function refuseTooLarge(
  { books, ratings, wishes }: Pick<LibraryInfo, "books" | "ratings" | "wishes">,
  memoryBytes: number,
): void {
  const needed = bytesToTrain(books, ratings + wishes);
  if (needed <= memoryBytes) return;
  throw new Error(
    `must be data that a model can be trained for in ${gigabytes(memoryBytes)} of memory, which is what this machine has: ` +
      `got ${books.toLocaleString("en")} books and ${(ratings + wishes).toLocaleString("en")} ratings and wishes, which take ${gigabytes(needed)}`,
  );
}

/** The memory that this process may use at most, in bytes: that of the machine, or of the container it runs in. */
export function memoryOfMachine(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function gigabytes(bytes: number): string {
  return `${(bytes / BYTES_PER_GB).toFixed(1)} GB`;
}
