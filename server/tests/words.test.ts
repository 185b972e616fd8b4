import { expect, it } from "vitest";
import { files as all, read } from "./documents.ts";

const files = all.filter(
  // Decisions keep the words of their day, and this file has all of them.
  (file) => /\.(tsx?|mjs|proto|md)$/.test(file) && !/^docs\/decisions\/|words\.test\.ts$/.test(file),
);

/** Words that must not come back, and what stands in their place. The glossary of CONTRIBUTING.md has the reasons. */
const REPLACED: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\banew\b/i, "again"],
  [/\bmend(s|ed|ing)?\b/i, "repair, fix"],
  [/\bheed(s|ed|ing)?\b/i, "observe"],
  [/\bwhoever\b/i, "the caller, the reader"],
  [/\bsomebody\b/i, "a person, a caller"],
  [/(?<!\bin[ -])\bflights?\b/i, "call in flight"],
  [/\bdoors?\b/i, "upgrade handler, limit of connections"],
  [/\bforeign signal\b/i, "the interceptor's signal"],
  [/\bpatience\b/i, "timeout"],
  [/\bput off\b/i, "deferred"],
  [/\bcutters?\b/i, "frame parser"],
  [/\bkitchen\b/i, "all-types schema"],
  [/\bon duty\b/i, "served model"],
  [/\bseats?\b/i, "subscription"],
  [/\bbells?\b/i, "notifier"],
  [/\bcontenders?\b/i, "subject"],
  [/\bcrowds?\b/i, "concurrency"],
  [/\bthe lab\b/i, "harness"],
  [/\bThrows\b/, "a tag: @throws Error when …"],
];

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

/** The comments of a source file, or all of a page, in one line. */
function prose(file: string): string {
  const text = read(file);
  const written = file.endsWith(".md") ? text : (text.match(COMMENT) ?? []).join(" ");
  return written.replace(/\n\s*\*/g, " ").replace(/\s+/g, " ");
}

it("comments and docs use the words of the glossary in CONTRIBUTING.md", () => {
  const found = files.flatMap((file) => {
    const text = prose(file);
    return REPLACED.flatMap(([word, instead]) => {
      const match = word.exec(text);
      if (match === null) return [];
      return [`${file}: "${text.slice(Math.max(0, match.index - 30), match.index + 30)}": write ${instead}`];
    });
  });
  expect(found).toEqual([]);
});

/** Words that no name of the code has, wherever in it. */
const NAMES = /patience|kitchen/i;

it("names in the code do, too", () => {
  const [own] = import.meta.url.split("/").slice(-1);
  const code = files.filter((file) => !file.endsWith(".md") && !file.endsWith(`tests/${own}`));
  expect(code.filter((file) => NAMES.test(read(file)))).toEqual([]);
});
