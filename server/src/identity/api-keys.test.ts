import { execFileSync } from "node:child_process";
import { mkdtemp, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { manageApiKeys } from "../manage-api-keys.ts";
import { openApiKeys } from "./api-keys.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-keys-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** Makes a key in a file. */
async function createKey(file: string): Promise<string> {
  const [key = ""] = (await manageApiKeys(file, ["create", "robot"], new Date(0))).split("\n");
  return key;
}

it("finds the next time what was changed while it read the file", async () => {
  const [file, before, after] = ["keys.json", "before.json", "after.json"].map((name) => join(folder, name));
  if (file === undefined || before === undefined || after === undefined) throw new Error("there are three files");
  const [old, latest] = [await createKey(before), await createKey(after)];
  // A pipe holds up who reads it, and can be opened to write once someone does.
  execFileSync("mkfifo", [file]);
  const opening = openApiKeys(file, () => undefined);
  const pipe = await open(file, "w");
  await rename(after, file);
  await pipe.writeFile(await readFile(before));
  await pipe.close();
  const keys = await opening;
  expect(keys.check(old).by).toBe("key");
  await keys.refresh();
  expect(keys.check(latest).by).toBe("key");
  expect(() => keys.check(old)).toThrow("the key is not known, or was revoked");
});

it("has one session for a key until it is revoked or stands for something else", async () => {
  const file = join(folder, "keys.json");
  const key = await createKey(file);
  const keys = await openApiKeys(file, () => undefined);
  const session = keys.check(key);
  const other = await createKey(file);
  await keys.refresh();
  expect([keys.check(key) === session, session.isRevoked()]).toEqual([true, false]);
  await writeFile(file, (await readFile(file, "utf8")).replace('"isAdmin": false', '"isAdmin": true'));
  await keys.refresh();
  expect([session.isRevoked(), keys.check(key).principal.isAdmin]).toEqual([true, true]);
  const unchanged = keys.check(other);
  await rm(file);
  await keys.refresh();
  expect(unchanged.isRevoked()).toBe(true);
});
