/** What SQLite says when it cannot write, by its primary result codes. */
const sqlite = { readOnly: 8, ioError: 10, full: 13, cannotOpen: 14 };

/** Why an import failed, in a sentence for people who run the command. */
export function explainImportError(error: unknown, dataDir: string): string {
  if (!(error instanceof Error)) return String(error);
  const { code, errcode } = error as { code?: string; errcode?: number };
  const result = errcode === undefined ? undefined : errcode & 0xff;
  if (result === sqlite.full || code === "ENOSPC" || code === "EDQUOT") {
    return `the disk of ${dataDir} is full: make room and run the same command again, it goes on from where it stopped`;
  }
  if (result === sqlite.readOnly || result === sqlite.cannotOpen || isNotWritable(code)) {
    return `${dataDir} cannot be written: ${error.message}`;
  }
  if (result === sqlite.ioError) {
    return `the disk of ${dataDir} fails: ${error.message}; once it works again, run the same command again`;
  }
  if (code === "EBUSY") return `${dataDir} is in use: stop the server and run the same command again`;
  return error.message;
}

function isNotWritable(code: string | undefined): boolean {
  return code !== undefined && ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(code);
}
