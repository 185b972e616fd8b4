import { type Stats, unwatchFile, watchFile } from "node:fs";
import { libraryFile } from "./library-file.ts";

/** How often the folder is looked at, in milliseconds. Looking works on every disk, also on those that send no events. */
const EVERY_MS = 1_000;

/**
 * Calls back after each time that another library has come into place in a data folder, or the library has gone, until the signal is
 * aborted. A library comes into place whole, so it can be opened right then. Does not keep the process alive.
 */
export function watchLibrary(
  dataDir: string,
  onChange: () => void,
  signal: AbortSignal,
  everyMs: number = EVERY_MS,
): void {
  if (signal.aborted) return;
  const path = libraryFile(dataDir);
  const listener = (now: Stats, before: Stats) => {
    if (now.ino !== before.ino || now.mtimeMs !== before.mtimeMs) onChange();
  };
  watchFile(path, { interval: everyMs, persistent: false }, listener);
  signal.addEventListener("abort", () => unwatchFile(path, listener), { once: true });
}
