import { parseArgs } from "node:util";
import { quoted } from "../domain/quoted.ts";

/** What `npm run evaluate` was asked for. */
export interface EvaluateOptions {
  /** The folder with the data, or the file of pairs. */
  readonly folder: string;
  /** Where the results go as JSON too; "-" for the standard output, instead of the table. */
  readonly json: string | undefined;
  /** Decides what is held out, who is tested and what the random model says. */
  readonly seed: number;
  /** Undefined leaves it to the size of the data. */
  readonly split: SplitName | undefined;
  readonly format: DataFormat;
}

/** What the data are: a folder in the format of goodbooks-10k, or a file of who likes what. */
export type DataFormat = "goodbooks" | "pairs";

/** How to hold out: one like of each reader, or a fifth of them. */
export type SplitName = "leave-one-out" | "80-20";

/** How to call the command. */
export const EVALUATE_USAGE = `usage: npm run evaluate -- DIR [--format goodbooks|pairs] [--split leave-one-out|80-20] [--seed N] [--json FILE]

DIR holds ratings.csv and to_read.csv in the format of goodbooks-10k, and books.csv where authors and series are to be known.
--format pairs: DIR is a file with a reader and something that this reader likes in each line, parted by a comma, a semicolon, a tab or spaces; they may be
         called anything. Further columns are passed over, and so is a first line without a digit.
--split  what is held out: one book of each reader (without this option: of up to 10,000 readers), or a fifth of each reader's books
--seed   a whole number from 0 to 4294967295; the same seed gives the same figures, times apart (42)
--json   writes the results to FILE as well; - writes them to the standard output, instead of the table
`;

/**
 * Reads the arguments of the command.
 * @throws Error that says in one sentence what is wrong with them.
 */
export function parseEvaluateOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: "string", default: "goodbooks" },
      json: { type: "string" },
      seed: { type: "string", default: "42" },
      split: { type: "string" },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Error(`must be one folder: got ${positionals.length}`);
  return {
    folder,
    json: values.json,
    seed: parseSeed(values.seed),
    split: parseSplit(values.split),
    format: parseFormat(values.format),
  };
}

function parseFormat(text: string): DataFormat {
  if (text === "goodbooks" || text === "pairs") return text;
  throw new Error(`--format must be goodbooks or pairs: got ${quoted(text, 60)}`);
}

function parseSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (seed <= 0xffff_ffff) return seed;
  throw new Error(`--seed must be a whole number from 0 to ${0xffff_ffff}: got ${quoted(text, 60)}`);
}

function parseSplit(text: string | undefined): SplitName | undefined {
  if (text === undefined || text === "leave-one-out" || text === "80-20") return text;
  throw new Error(`--split must be leave-one-out or 80-20: got ${quoted(text, 60)}`);
}
