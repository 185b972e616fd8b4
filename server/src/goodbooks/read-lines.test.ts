import { join } from "node:path";
import { expect, test } from "vitest";
import { LONGEST_LINE, readLines } from "./read-lines.ts";
import { writeFolder } from "./testing/write-folder.ts";

async function linesOf(text: string): Promise<string[]> {
  return Array.fromAsync(readLines(join(await writeFolder({ "a.txt": text }), "a.txt")));
}

test("gives the lines of a file, whatever ends them", async () => {
  expect(await linesOf("a\nb\r\n\n c \n")).toEqual(["a", "b", "", " c "]);
  expect(await linesOf("\ufeffä\u2028b")).toEqual(["ä\u2028b"]);
  expect(await linesOf("")).toEqual([]);
});

test("gives lines that lie across two pieces of a large file", async () => {
  const lines = Array.from({ length: 20_000 }, (_, number) => `zeile ${number} – ${"ü".repeat(number % 50)}`);
  expect(await linesOf(lines.join("\n"))).toEqual(lines);
});

test("does not keep a line that never ends", async () => {
  const lines = await linesOf(`${"x".repeat(1_000_000)}\nb`);
  expect(lines.map(({ length }) => length)).toEqual([expect.any(Number), 1]);
  expect(lines[0]?.length).toBeLessThanOrEqual(LONGEST_LINE + 65_536);
});

test("fails when there is no such file", async () => {
  await expect(Array.fromAsync(readLines("/nowhere/a.txt"))).rejects.toThrow("ENOENT");
});
