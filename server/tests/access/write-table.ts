// `npm run access`: writes the table of who may call what into docs/access.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "@triptych/testkit/checkout/written-files.ts";
import { withAccessTable } from "./access-table.ts";
import { SERVED_METHODS } from "./served-methods.ts";

const page = join(root, "docs", "access.md");
writeFileSync(page, withAccessTable(readFileSync(page, "utf8"), SERVED_METHODS));
