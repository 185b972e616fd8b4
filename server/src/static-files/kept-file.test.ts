import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reachableFrom } from "@triptych/testkit/leftovers/reachable.ts";
import { expect, it } from "vitest";
import { KeptFile } from "./kept-file.ts";

it("keeps the content of a file once, and none of one that is gone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "triptych-"));
  const path = join(folder, "page.html");
  await writeFile(path, "<!doctype html>");
  const file = new KeptFile(path);
  const content = await file.read();
  expect(await file.read()).toBe(content);
  const kept = () => [...reachableFrom(file)].filter((held) => held instanceof Buffer).map(String);
  expect(kept()).toEqual(["<!doctype html>"]);
  await rm(folder, { recursive: true });
  expect(await file.read()).toBeUndefined();
  expect(kept()).toEqual([]);
});
