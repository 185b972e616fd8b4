import { resolve } from "node:path";

/** The folder of the data cannot be used; the message names it and says why. */
export class CannotOpenStore extends Error {
  override name = "CannotOpenStore";

  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`DATA_DIR cannot be opened: ${resolve(directory)}: ${reason}`, { cause });
  }
}
