import { DatabaseSync } from "node:sqlite";

const SQLITE_BUSY = 5;

/** A lock that is held. */
export interface FileLock {
  /** Lets others have it. Calling it again does nothing. */
  release(): void;
}

/**
 * Locks a file, which is made when missing, until it is released or this process ends, however that ends: the lock is the operating
 * system's, so a file that is left behind means nothing. Undefined while another process, or another part of this one, has it.
 * @throws Error when the file cannot be opened.
 */
export function lockFile(path: string): FileLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("begin exclusive");
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    return undefined;
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}
