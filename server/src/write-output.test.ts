import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileWriter } from "./write-output.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-output-"));
});

afterEach(() => rm(folder, { recursive: true }));

it.each([
  ["a line", ["line\n"]],
  ["one after the other, the shorter last", ["a longer line\n", "line\n"]],
  ["nothing", [""]],
  ["characters of several bytes, as many as fit and more", ["€".repeat(80_000), "😀".repeat(200_000)]],
])("writes %s", (_what, texts) => {
  const path = join(folder, "log");
  const fd = openSync(path, "w");
  const write = createFileWriter(fd);
  for (const text of texts) write(text);
  closeSync(fd);
  expect(readFileSync(path, "utf8")).toBe(texts.join(""));
});

it("loses what cannot be written, and throws nothing", () => {
  const path = join(folder, "log");
  const fd = openSync(path, "w");
  const write = createFileWriter(fd);
  closeSync(fd);
  expect(() => write("line\n")).not.toThrow();
});
