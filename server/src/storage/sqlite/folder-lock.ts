import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { lockFile } from "./file-lock.ts";

/** Another server uses the data folder; the message names it. */
export class FolderInUse extends Error {
  override name = "FolderInUse";
}

/** A data folder that no other server can use. */
export interface FolderLock {
  /** Which server had the folder last, in words, if it did not end cleanly. */
  readonly unfinished: string | undefined;
  /** Says on the disk who has the folder. To be called once the store is open. */
  sign(): Promise<void>;
  /** Gives the folder free; `clean` says that nothing is left to be recovered from the log. */
  release(end: { readonly clean: boolean }): Promise<void>;
}

/** The file that is locked. */
export function lockFileOf(directory: string): string {
  return join(directory, "server.lock");
}

/**
 * Makes this the only server of a data folder until it is released or its process ends. What holds others off is the operating system's
 * lock of `server.lock`; `server.pid` only says who has it, and is left behind by a server that did not end cleanly.
 * @throws FolderInUse while another server has it.
 */
export async function lockFolder(directory: string): Promise<FolderLock> {
  const holder = join(directory, "server.pid");
  const lock = lockFile(lockFileOf(directory));
  const written = await readText(holder);
  if (lock === undefined) {
    const who = written ?? "one that has just started";
    throw new FolderInUse(
      `another server uses the folder ${directory}: ${who}; stop it, or set DATA_DIR to another folder`,
    );
  }
  return {
    unfinished: written,
    sign: () =>
      writeDurably(holder, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`, directory),
    async release({ clean }) {
      if (clean) {
        await rm(holder, { force: true });
        await syncFolder(directory);
      }
      lock.release();
    },
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim().slice(0, 500);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function writeDurably(path: string, text: string, directory: string): Promise<void> {
  await using file = await open(path, "w");
  await file.writeFile(text);
  await file.sync();
  await syncFolder(directory);
}

/** Makes durable which files a folder has, where the system can. */
async function syncFolder(directory: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform === "win32") return;
  await using folder = await open(directory, "r");
  await folder.sync();
}
