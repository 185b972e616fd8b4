import { StoreBusy, StoreFailed, StoreFull, StoreTrouble } from "../../domain/errors.ts";

// Result codes of SQLite (https://www.sqlite.org/rescode.html); the lowest byte of an extended code is its primary one.
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const FULL = 13;
const CANTOPEN = 14;
const IOERR_READ = 266;
const IOERR_SHORT_READ = 522;
const IOERR_SHMSIZE = 4_874;
const IOERR_CORRUPTFS = 8_458;

/**
 * What an error says about whether the store can write: undefined where it says nothing, as when a job breaks a rule or a row cannot be
 * read. A file that can no longer be written or synced is not tried again: the system may have forgotten what it did not write.
 */
export function troubleOf(error: unknown): StoreTrouble | undefined {
  if (error instanceof StoreTrouble) return error;
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  if (typeof code !== "number") return undefined;
  const cause = { cause: error };
  switch (code & 0xff) {
    case FULL:
      return new StoreFull("the disk of the store is full", cause);
    case BUSY:
    case LOCKED:
      return new StoreBusy("another process has locked the store", cause);
    case READONLY:
    case CANTOPEN:
      return new StoreFailed("the files of the store cannot be written", cause);
    case IOERR:
      if (code === IOERR_READ || code === IOERR_SHORT_READ || code === IOERR_CORRUPTFS) return undefined;
      // SQLite makes the index of its log larger, and there is no room for it.
      if (code === IOERR_SHMSIZE) return new StoreFull("the disk of the store is full", cause);
      return new StoreFailed("the disk of the store has failed", cause);
    default:
      return undefined;
  }
}
