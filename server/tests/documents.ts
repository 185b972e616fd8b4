import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MADE = new Set(["node_modules", ".git", "dist", "gen", ".cache", "data"]);
/** Decisions that were superseded name what was there. */
const SUPERSEDED = ["docs/decisions/0001-library-handlers-first.md", "docs/decisions/0005-direct-path.md"];

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** All files of the repository that people have written, by their path from its folder. */
export const files = globSync("**/*.*", { cwd: root, exclude: (name) => MADE.has(name) });

/** The pages in Markdown that describe what is there now. */
export const documents = files.filter((file) => file.endsWith(".md") && !SUPERSEDED.includes(file));

/** The text of a file. */
export const read = (file: string) => readFileSync(join(root, file), "utf8");

/** What a pattern finds in a text: its first group, each once, sorted. */
export const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();
