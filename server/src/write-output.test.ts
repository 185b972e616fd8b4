import { spawnSync } from "node:child_process";
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

it.each([
  ["begins a new line where the last one was cut", 3_003, ["a".repeat(3_000), "bb", "c", "c", ""]],
  ["begins with a line where all before was removed", 0, ["c", "c", ""]],
])("%s, once there is room again", (_what, kept, lines) => {
  const path = join(folder, "log");
  const module = JSON.stringify(new URL("write-output.ts", import.meta.url).href);
  // Longer files than so many blocks may not become, as on a disk that is full; a block has 512 bytes for some shells, and 1,024 for others.
  const limited = `ulimit -f 8; exec "$0" --input-type=module -e "$1" "$2"`;
  const program = `
    import { openSync, truncateSync } from "node:fs";
    const { createFileWriter } = await import(${module});
    const write = createFileWriter(openSync(process.argv[1], "a"));
    write("a".repeat(3_000) + "\\n");
    for (let count = 0; count < 2; count++) write("b".repeat(20_000) + "\\n");
    truncateSync(process.argv[1], ${kept});
    for (let count = 0; count < 2; count++) write("c\\n");
  `;
  const { status, stderr } = spawnSync("sh", ["-c", limited, process.execPath, program, path], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(path, "utf8").split("\n")).toEqual(lines);
});
