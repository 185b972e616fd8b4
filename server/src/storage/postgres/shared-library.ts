import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { lockLibrary } from "../sqlite/library-lock.ts";
import { prepareDatabase, withClient } from "./open-database.ts";
import { fetchFile, publishFile, removeUnfinished, type SharedFile, versionOf } from "./shared-files.ts";
import { explainDatabaseError } from "./unusable.ts";

const NAME = "library.sqlite";

/**
 * Runs an import into a folder that has a copy of the library of a database, and then puts the library into the database, in one step for all its
 * servers. Rejects with what the import threw, and then the database has what it had.
 * @throws DatabaseUnusable with what is wrong with the database, for an operator.
 * @throws Error while another import has the folder.
 */
export async function importIntoDatabase<T>(url: string, folder: string, run: () => Promise<T>): Promise<T> {
  const path = join(folder, NAME);
  await explained(async () => {
    await mkdir(folder, { recursive: true });
    await prepareDatabase(url);
    await bringUpToDate(url, folder, path);
  });
  const before = await versionOf(path);
  const outcome = await run();
  if ((await versionOf(path)) !== before) {
    await explained(() => withClient(url, { purpose: "import" }, (client) => publishFile(client, NAME, path)));
  }
  return outcome;
}

async function bringUpToDate(url: string, folder: string, path: string): Promise<void> {
  const lock = lockLibrary(folder);
  try {
    await removeUnfinished(folder);
    await withClient(url, { purpose: "import" }, async (client) => {
      const { rows } = await client.query<SharedFile>("select name, version, parts from files where name = $1", [NAME]);
      const [file] = rows;
      if (file === undefined) await rm(path, { force: true });
      else if (file.version !== (await versionOf(path))) await fetchFile(client, file, path);
    });
  } finally {
    lock.release();
  }
}

async function explained(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw explainDatabaseError(error);
  }
}
