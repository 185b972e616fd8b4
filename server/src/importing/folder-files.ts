import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { bookRows } from "../services/recommendation/domain/books.ts";
import { TAG_CATEGORIES } from "./tag-categories.ts";

/** The files of the data set that are imported, in the order they are read. */
export const FILE_NAMES = ["books.csv", "tags.csv", "book_tags.csv", "ratings.csv", "to_read.csv"] as const;

/** The name of one of the files. */
export type FileName = (typeof FILE_NAMES)[number];

/** How large each file is, in bytes. */
export type FileSizes = Readonly<Record<FileName, number>>;

/**
 * The sizes of the files of a folder.
 * @throws Error that names the files that are missing.
 */
export async function sizesOfFiles(folder: string): Promise<FileSizes> {
  const sizes = await Promise.all(FILE_NAMES.map((name) => sizeOf(join(folder, name))));
  const missing = FILE_NAMES.filter((_, index) => sizes[index] === undefined);
  if (missing.length > 0) {
    throw new Error(`must be a folder with ${FILE_NAMES.join(", ")}: got no ${missing.join(", no ")} in ${folder}`);
  }
  // Each name with the size at its index, all there.
  return Object.fromEntries(FILE_NAMES.map((name, index) => [name, sizes[index]])) as unknown as FileSizes;
}

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

/** Counts up when files are read otherwise, so that what was read by other rules is not taken for the same. */
const READING = 2;

/**
 * What an import of a folder depends on, in 64 characters: the bytes of its files, and what they are matched with and sorted by. It tells whether
 * an import that ended early was of the same data, and whether the data are imported already.
 */
export async function fingerprintOf(folder: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([READING, bookRows, TAG_CATEGORIES]));
  for (const name of FILE_NAMES) {
    hash.update(`\0${name}\0`);
    for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 1 << 20, signal })) {
      hash.update(chunk as Buffer);
    }
  }
  return hash.digest("hex");
}
