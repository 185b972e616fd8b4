// `npm run rooms`: writes the table of the rooms into docs/architecture.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rooms } from "./matrix.ts";
import { root } from "./source-files.ts";
import { withTable } from "./table.ts";

const page = join(root, "docs", "architecture.md");
writeFileSync(page, withTable(readFileSync(page, "utf8"), rooms));
