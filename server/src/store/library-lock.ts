import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const SQLITE_BUSY = 5;

/**
 * Makes this the only import into a data folder until it is released or its process ends, however that ends: the lock is the operating
 * system's, so a file that is left behind means nothing.
 * @throws Error while another import has it, or when the folder cannot be written.
 */
export function lockLibrary(dataDir: string): { release(): void } {
  const database = new DatabaseSync(join(dataDir, "library.lock"), { timeout: 0 });
  try {
    database.exec("begin exclusive");
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new Error(`another import into ${dataDir} is under way: wait until it has ended`);
  }
  return { release: () => database.close() };
}
