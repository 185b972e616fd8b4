import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "@triptych/testkit/checkout/written-files.ts";
import { describe, expect, it } from "vitest";
import { documents, files, found, read } from "./documents.ts";

const folders = new Set(files.flatMap((file) => parentsOf(file)));
const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;

const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)/g;
const FILE = /`((?:[\w.@-]+\/)*[\w.-]+\.(?:tsx?|mjs|proto|md|ya?ml|html))`/g;
const FOLDER = /`((?:[\w.@-]+\/)+)`/g;
const SCRIPT = /npm run (?:--\S+ )*([\w:-]+)/g;
const PROGRAM = /npx ([a-z][\w-]*)/g;
const RUN_BY_NODE = /\bnode ([\w./-]+\.(?:mjs|ts))/g;

function parentsOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}/`);
}

/** What a reader of the tutorial makes: `adding-a-service.test.ts` sees that it is there then. */
const isOfTutorial = (path: string) => /guest[-_]book/.test(path);
/** Docs leave out the beginning of a path where their section says it. */
const isFile = (path: string) =>
  isOfTutorial(path) || files.some((file) => `/${file}`.endsWith(`/${path}`)) || existsSync(join(root, path));
const isFolder = (path: string) =>
  isOfTutorial(path) || [...folders].some((folder) => folder.endsWith(`/${path}`)) || existsSync(join(root, path));
const isProgram = (name: string) => existsSync(join(root, "node_modules/.bin", name));

describe.each(documents)("%s", (document) => {
  const text = read(document);

  it("links to files that exist", () => {
    const missing = found(text, LINK).filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  it("names files, folders, scripts and programs that exist", () => {
    const missing = [
      ...found(text, FILE).filter((path) => !isFile(path)),
      ...found(text, FOLDER).filter((path) => !isFolder(path)),
      ...found(text, SCRIPT).filter((name) => scripts[name] === undefined),
      ...found(text, PROGRAM).filter((name) => !isProgram(name)),
      ...found(text, RUN_BY_NODE).filter((path) => !isFile(path)),
    ];
    expect(missing).toEqual([]);
  });
});

describe("a decision", () => {
  const decisions = files.filter((file) => file.startsWith("docs/decisions/") && file.endsWith(".md"));
  const STATUS = /^\d{4}-\d\d-\d\d · \*\*Status: (?:accepted\.|superseded)\*\*/;

  it.each(decisions)("%s has its date and status below its title", (decision) => {
    const [title, , status] = read(decision).split("\n");
    expect(title).toMatch(/^# \d+\. /);
    expect(status).toMatch(STATUS);
  });
});
