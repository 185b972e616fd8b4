import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { type StoredKey, storedKey } from "./api-key.ts";

const contents = z.object({ keys: z.array(storedKey) });

/** How long a change waits for another one to end, in milliseconds, and how often it looks. */
const WAIT_MS = 1_000;
const LOOK_MS = 20;
/** Where there is no file yet, the new one is for its owner alone. */
const NEW_FILE = { mode: 0o600, uid: undefined, gid: undefined };

/** A file of keys cannot be read or written, or is none; the message is for an operator. */
export class KeyFileUnusable extends Error {
  override name = "KeyFileUnusable";
}

/** Reads a file of keys; none where there is no file. Rejects with KeyFileUnusable when it cannot be read or is none. */
export async function readKeyFile(file: string): Promise<readonly StoredKey[]> {
  try {
    return contents.parse(JSON.parse(await readFile(file, "utf8"))).keys;
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return [];
    const isRead = cause instanceof SyntaxError || cause instanceof z.ZodError;
    const why = isRead ? "is no file of API keys" : `cannot be read (${messageOf(cause)})`;
    throw new KeyFileUnusable(`${file} ${why}; set API_KEYS_FILE to another`, { cause });
  }
}

/**
 * Changes a file of keys, which keeps its mode and owner; a new one is for its owner alone, and its folder is made. A reader meanwhile sees all of the old keys
 * or all of the new ones, and a second change waits for up to a second for the first. Rejects with what `change` throws, and with KeyFileUnusable when the file
 * cannot be read or written; then it is as it was.
 */
export async function changeKeyFile(
  file: string,
  change: (keys: readonly StoredKey[]) => readonly StoredKey[],
): Promise<void> {
  // The next contents are written into what keeps others from changing the file meanwhile.
  const next = `${file}.lock`;
  const lock = await lockFile(file, next);
  try {
    const keys = change(await readKeyFile(file));
    await orUnwritable(file, () => write(lock, file, keys));
    await orUnwritable(file, () => rename(next, file));
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  } finally {
    await lock.close();
  }
}

async function lockFile(file: string, next: string): Promise<FileHandle> {
  await orUnwritable(file, () => mkdir(dirname(file), { recursive: true }));
  for (let waited = 0; ; waited += LOOK_MS) {
    try {
      return await open(next, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, NEW_FILE.mode);
    } catch (cause) {
      if (!hasCode(cause, "EEXIST")) throw unwritable(file, cause);
      if (waited >= WAIT_MS)
        throw new KeyFileUnusable(`${file} is being changed by another; if that has ended, remove ${next}`, { cause });
      await setTimeout(LOOK_MS);
    }
  }
}

async function write(lock: FileHandle, file: string, keys: readonly StoredKey[]): Promise<void> {
  const { mode, uid, gid } = (await statOf(file)) ?? NEW_FILE;
  const own = await lock.stat();
  if (uid !== undefined && (uid !== own.uid || gid !== own.gid)) await lock.chown(uid, gid);
  await lock.chmod(mode & 0o777);
  await lock.writeFile(`${JSON.stringify({ keys }, null, 2)}\n`);
  await lock.sync();
}

async function orUnwritable<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function unwritable(file: string, cause: unknown): KeyFileUnusable {
  return new KeyFileUnusable(`${file} cannot be written (${messageOf(cause)}); set API_KEYS_FILE to another`, {
    cause,
  });
}

/** What tells one state of a file from another; the same for all states in which it is not there. */
export async function versionOfFile(file: string): Promise<string> {
  const found = await statOf(file);
  return found === undefined ? "missing" : `${found.ino} ${found.mtimeMs} ${found.ctimeMs} ${found.size}`;
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
