import { resolve, sep } from "node:path";
import { InvalidConfig } from "./config.ts";
import { KeyFileUnusable } from "./identity/key-file.ts";
import { LaterVersion } from "./storage/migrate.ts";
import { DatabaseUnusable } from "./storage/postgres/unusable.ts";
import { FolderInUse } from "./storage/sqlite/folder-lock.ts";

/** What errors of the system, of Node's sockets and of SQLite say of themselves. */
interface SystemError {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly port?: number;
  readonly address?: string;
  /** SQLite's own code. */
  readonly errcode?: number;
}

/** The codes of SQLite for a file that it cannot open, one that is no database, one that it may only read and a disk with errors. */
const SQLITE_FILE_ERRORS: ReadonlySet<number> = new Set([8, 10, 14, 26]);

/** What keeps the server from starting, for people: what is wrong, and what to set. `dataDir` is undefined where the settings are at fault. */
export function explainStart(error: unknown, dataDir: string | undefined): string {
  if (error instanceof InvalidConfig) return error.message;
  const isExplained =
    error instanceof FolderInUse ||
    error instanceof DatabaseUnusable ||
    error instanceof LaterVersion ||
    error instanceof KeyFileUnusable;
  if (isExplained) return `could not start: ${error.message}`;
  if (!(error instanceof Error)) return `could not start: ${String(error)}`;
  // Each field is checked before it is used.
  const { code, syscall, path, port, address, errcode } = error as SystemError;
  if (code === "EADDRINUSE") return `could not start: port ${port} is taken; set PORT to another`;
  if (code === "EADDRNOTAVAIL") return `could not start: ${address} is no address of this machine; set HOST to another`;
  if (code === "ENOTFOUND" && syscall === "getaddrinfo")
    return "could not start: there is no host of the name that HOST has; set it to another";
  if (code === "EACCES" && port !== undefined)
    return `could not start: port ${port} is not allowed; set PORT to another`;
  if (isWithin(path, dataDir) || SQLITE_FILE_ERRORS.has((errcode ?? 0) & 0xff))
    return `could not start: the folder ${dataDir} cannot be opened (${error.message}); set DATA_DIR to another`;
  if (path !== undefined) return `could not start: ${path} cannot be opened (${error.message})`;
  return `could not start: ${error.stack ?? error.message}`;
}

/** Whether a path is that of a folder or of something in it, however either is written. */
function isWithin(path: string | undefined, folder: string | undefined): boolean {
  if (path === undefined || folder === undefined) return false;
  const [inner, outer] = [resolve(path), resolve(folder)];
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}
