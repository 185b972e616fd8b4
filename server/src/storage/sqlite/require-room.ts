import { statfs } from "node:fs/promises";
import { StoreFull } from "../../domain/errors.ts";

/** How much must be free for the store to take writes, in bytes: a small order takes a few pages of the log, and of its index. */
const NEEDED_BYTES = 128 * 1_024;

/** @throws StoreFull when the disk of a folder has no room for another write. */
export async function requireRoom(directory: string): Promise<void> {
  const { bavail, bfree, bsize } = await statfs(directory);
  // What a system keeps back is kept back from everybody but root.
  const free = (process.getuid?.() === 0 ? bfree : bavail) * bsize;
  if (free < NEEDED_BYTES) {
    throw new StoreFull("the disk of the store is full", {
      cause: new Error(`${free} bytes are free in ${directory}`),
    });
  }
}
