import { join } from "node:path";
import { type FileLock, lockFile } from "./file-lock.ts";

/**
 * Makes this the only import into a data folder until it is released or its process ends, however that ends.
 * @throws Error while another import has it, or when the folder cannot be written.
 */
export function lockLibrary(dataDir: string): FileLock {
  const lock = lockFile(join(dataDir, "library.lock"));
  if (lock === undefined) throw new Error(`another import into ${dataDir} is under way: wait until it has ended`);
  return lock;
}
