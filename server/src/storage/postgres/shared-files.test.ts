import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { writeFolder } from "../../importing/testing/write-folder.ts";
import { removeUnfinished } from "./shared-files.ts";

it("removes what copies that were broken off have left, and nothing else", async () => {
  const kept = { "model.bin": "", "library.sqlite": "", "library.sqlite.part": "", "server.lock": "" };
  const folder = await writeFolder({
    ...kept,
    [`model.bin.${randomUUID()}`]: "",
    [`library.sqlite.${randomUUID()}`]: "",
  });
  await removeUnfinished(folder);
  expect(new Set(await readdir(folder))).toEqual(new Set(Object.keys(kept)));
});
