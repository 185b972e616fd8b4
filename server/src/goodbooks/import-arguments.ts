import { parseArgs } from "node:util";

/** How to call the command. */
export const IMPORT_USAGE = `usage: npm run import -- DIR

DIR holds books.csv, tags.csv, book_tags.csv, ratings.csv and to_read.csv in the format of goodbooks-10k. What it holds takes the place of
what was imported before. DATA_DIR is the server's data folder (data); a server that runs notices by itself.
`;

/**
 * Reads the arguments of the command: the folder.
 * @throws Error that says in one sentence what is wrong with them.
 */
export function parseImportArguments(args: readonly string[]): string {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Error(`must be one folder: got ${positionals.length}`);
  return folder;
}
