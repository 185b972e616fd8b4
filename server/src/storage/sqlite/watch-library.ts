import { statSync } from "node:fs";
import { setInterval } from "node:timers/promises";
import { libraryFile } from "./library-file.ts";

/** How often the folder is looked at, in milliseconds. Looking works on every disk, also on those that send no events. */
const EVERY_MS = 1_000;

/**
 * Calls back after each time that another library has come into place in a data folder, or the library has gone, since the call and until the signal
 * is aborted; then it resolves. A library comes into place whole, so it can be opened right then. Does not keep the process alive.
 */
export async function watchLibrary(
  dataDir: string,
  onChange: () => void,
  signal: AbortSignal,
  everyMs: number = EVERY_MS,
): Promise<void> {
  const path = libraryFile(dataDir);
  let seen = identityOf(path);
  try {
    for await (const _ of setInterval(everyMs, undefined, { signal, ref: false })) {
      const found = identityOf(path);
      if (found === seen) continue;
      seen = found;
      onChange();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Tells files in one place apart; undefined when there is none. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.ino} ${found.mtimeNs}`;
}
