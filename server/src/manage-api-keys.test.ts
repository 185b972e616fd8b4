import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeyFileUnusable } from "./identity/key-file.ts";
import { KeyCommandError, manageApiKeys } from "./manage-api-keys.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-keys-"));
  file = join(folder, "keys.json");
});

afterEach(() => rm(folder, { recursive: true }));

const run = (...words: string[]) => manageApiKeys(file, words, new Date(0));
const idIn = (shown: string) => /Its id is (\w+)\./.exec(shown)?.[1] ?? "";

describe("npm run api-key", () => {
  it("shows a key once, and keeps its hash, for the owner of the file alone", async () => {
    const [key = ""] = (await run("create", "robot")).split("\n");
    expect(key).toMatch(/^tk_[a-z\d]{12}_[\w-]{43}$/);
    const text = await readFile(file, "utf8");
    expect(text).not.toContain(key.split("_")[2]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("lists keys, the kind of their callers, and their names", async () => {
    expect(await run("list")).toBe("there are no keys");
    const robot = idIn(await run("create", "robot"));
    const operator = idIn(await run("create", "operator", "--admin"));
    const time = "1970-01-01T00:00:00.000Z";
    expect(await run("list")).toBe(`${robot}  ${time}  user   robot\n${operator}  ${time}  admin  operator`);
  });

  it("revokes one key and leaves the others", async () => {
    const [first, second] = [idIn(await run("create", "first")), idIn(await run("create", "second"))];
    expect(await run("revoke", first)).toContain(`revoked ${first}`);
    expect(await run("list")).toMatch(new RegExp(`^${second} `));
    await expect(run("revoke", first)).rejects.toThrow(`there is no key ${first}`);
  });

  it.each([[], ["create"], ["create", "--root"], ["create", "a", "b"], ["list", "all"], ["revoke"], ["make", "a"]])(
    "says how it is used: %j",
    async (...words) => {
      await expect(run(...words)).rejects.toThrow(KeyCommandError);
    },
  );

  it("keeps every key of commands that run at once", async () => {
    const names = ["a", "b", "c", "d", "e"];
    await Promise.all(names.map((name) => run("create", name)));
    const listed = (await run("list")).split("\n").map((line) => line.at(-1));
    expect(listed.sort()).toEqual(names);
    expect(await readdir(folder)).toEqual(["keys.json"]);
  });

  it("leaves the file to who may read it", async () => {
    await run("create", "robot");
    await chmod(file, 0o640);
    await run("create", "other");
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  it("makes the folder of the file", async () => {
    file = join(folder, "data", "keys", "keys.json");
    await run("create", "robot");
    expect(await run("list")).toContain("robot");
  });

  it("says what keeps it from writing the file", async () => {
    await writeFile(file, "");
    file = join(file, "keys.json");
    await expect(run("create", "robot")).rejects.toThrow(`${file} cannot be written (`);
  });

  it("says who may hold the file, and leaves it as it is", async () => {
    await run("create", "robot");
    const text = await readFile(file, "utf8");
    await writeFile(`${file}.lock`, "");
    await expect(run("create", "other")).rejects.toThrow(`if that has ended, remove ${file}.lock`);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("can go on after a command that failed", async () => {
    await run("create", "robot");
    await expect(run("revoke", "none")).rejects.toThrow(KeyCommandError);
    expect(await run("create", "other")).toContain("Its id is");
  });

  it("leaves a file that is none as it is", async () => {
    await writeFile(file, "{}");
    await expect(run("create", "robot")).rejects.toThrow(KeyFileUnusable);
    expect(await readFile(file, "utf8")).toBe("{}");
  });
});
