import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BadRow } from "./bad-row.ts";
import { readTagNames } from "./read-tags.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-tags-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("cuts the name of a tag after 100 characters, and none of them in two", async () => {
  await writeFile(join(folder, "tags.csv"), `tag_id,tag_name\n1,x${"😀".repeat(100)}\n`);
  const badRows: BadRow[] = [];
  const names = await readTagNames(folder, { onBadRow: (row) => badRows.push(row), onPiece: () => undefined });
  expect([...names]).toEqual([[1, `x${"😀".repeat(99)}`]]);
  expect(badRows).toEqual([]);
});
