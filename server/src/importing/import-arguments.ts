import { parseArgs } from "node:util";

/** How to call the command. */
export const IMPORT_USAGE = `usage: npm run import -- DIR [--allow-empty]

DIR holds books.csv, tags.csv, book_tags.csv, ratings.csv and to_read.csv in the format of goodbooks-10k. What it holds takes the place of
what was imported before. DATA_DIR is the server's data folder (data); a server that runs notices by itself.

--allow-empty   takes files of which no row can be used, also where that leaves no ratings or wishes
`;

/** What the command is asked to do. */
export interface ImportArguments {
  readonly folder: string;
  readonly allowEmpty: boolean;
}

/**
 * Reads the arguments of the command.
 * @throws Error that says in one sentence what is wrong with them.
 */
export function parseImportArguments(args: readonly string[]): ImportArguments {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { "allow-empty": { type: "boolean", default: false } },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Error(`must be one folder: got ${positionals.length}`);
  return { folder, allowEmpty: values["allow-empty"] };
}
