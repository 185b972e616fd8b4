import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeModel } from "./encode-model.ts";
import type { TrainedModel } from "./trained-model.ts";

const NAME = "model.bin";

/**
 * Puts the bytes of a model in the place of the stored one, whole or not at all, whenever the process or the power ends. It waits for the
 * disk, so it belongs into a thread of its own.
 * @throws Error when it cannot be written.
 */
export function writeModelFile(dataDir: string, bytes: Uint8Array): void {
  const path = join(dataDir, NAME);
  // One training writes at a time, and what an earlier one left unfinished is written over.
  const unfinished = `${path}.part`;
  const file = openSync(unfinished, "w");
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  syncFolder(dataDir);
}

/** Makes a rename survive a loss of power; where folders cannot be synced, the file system has to see to it. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Windows does not open folders. The file itself is whole either way.
  }
}

/**
 * Reads the stored model; undefined when there is none.
 * @throws Error when it cannot be read or is not whole.
 */
export async function readModelFile(dataDir: string): Promise<TrainedModel | undefined> {
  const bytes = await readFile(join(dataDir, NAME)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return bytes && decodeModel(bytes);
}
