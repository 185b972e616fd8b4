import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Where a part of goodbooks-10k is: `full` has all books, `sample` 2,000 of them with 10,000 of their readers. They are looked for in
 * the folder that GOODBOOKS_DIR names; undefined where they are not there, and tests that need them are skipped. The data is never
 * part of this repository.
 */
export function findGoodbooks(part: "full" | "sample"): string | undefined {
  const { GOODBOOKS_DIR } = process.env;
  if (!GOODBOOKS_DIR) return undefined;
  const folder = join(GOODBOOKS_DIR, part);
  return existsSync(join(folder, "ratings.csv")) ? folder : undefined;
}
