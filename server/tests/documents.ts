import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, writtenFiles } from "@triptych/testkit/checkout/written-files.ts";

/** Decisions that were superseded name what was there. */
const SUPERSEDED = ["docs/decisions/0001-library-handlers-first.md", "docs/decisions/0005-direct-path.md"];

/** All files of the repository that people have written, by their path from its folder. */
export const files = writtenFiles();

/** The pages in Markdown that describe what is there now. */
export const documents = files.filter((file) => file.endsWith(".md") && !SUPERSEDED.includes(file));

/** The text of a file; none when it was deleted since it was listed. */
export const read = (file: string) => (existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "");

/** What a pattern finds in a text: its first group, each once, sorted. */
export const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();
