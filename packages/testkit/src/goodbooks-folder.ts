import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Where a part of goodbooks-10k is: `full` has all books, `sample` 2,000 of them with 10,000 of their readers. They are looked for in
 * the folder that GOODBOOKS_DIR names, else in one beside the checkout; undefined where there is none, and tests that need it are
 * skipped. The data is never part of this repository.
 */
export function findGoodbooks(part: "full" | "sample"): string | undefined {
  const beside = fileURLToPath(new URL("../../../../shared/goodbooks", import.meta.url));
  const folder = join(process.env.GOODBOOKS_DIR ?? beside, part);
  return existsSync(join(folder, "ratings.csv")) ? folder : undefined;
}
