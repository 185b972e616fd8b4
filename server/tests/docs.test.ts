import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const MADE = new Set(["node_modules", ".git", "dist", "gen", ".cache", "data"]);
const files = globSync("**/*.*", { cwd: root, exclude: (name) => MADE.has(name) });
const folders = new Set(files.flatMap((file) => parentsOf(file)));
/** Decisions that were superseded name what was there. */
const SUPERSEDED = ["docs/decisions/0001-library-handlers-first.md", "docs/decisions/0005-direct-path.md"];
const documents = files.filter((file) => file.endsWith(".md") && !SUPERSEDED.includes(file));
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;

const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)/g;
const FILE = /`((?:[\w.@-]+\/)*[\w.-]+\.(?:tsx?|mjs|proto|md|ya?ml|html))`/g;
const FOLDER = /`((?:[\w.@-]+\/)+)`/g;
const SCRIPT = /npm run (?:--\S+ )*([\w:-]+)/g;

function parentsOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}/`);
}

/** What a pattern finds in a text. */
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

/** Docs leave out the beginning of a path where their section says it. */
const isFile = (path: string) => files.some((file) => `/${file}`.endsWith(`/${path}`)) || existsSync(join(root, path));
const isFolder = (path: string) =>
  [...folders].some((folder) => folder.endsWith(`/${path}`)) || existsSync(join(root, path));

describe.each(documents)("%s", (document) => {
  const text = readFileSync(join(root, document), "utf8");

  it("links to files that exist", () => {
    const missing = found(text, LINK).filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  it("names files, folders and scripts that exist", () => {
    const missing = [
      ...found(text, FILE).filter((path) => !isFile(path)),
      ...found(text, FOLDER).filter((path) => !isFolder(path)),
      ...found(text, SCRIPT).filter((name) => scripts[name] === undefined),
    ];
    expect(missing).toEqual([]);
  });
});
