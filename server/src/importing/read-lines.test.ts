import { join } from "node:path";
import { expect, it } from "vitest";
import { LONGEST_LINE, readLines } from "./read-lines.ts";
import { writeFolder } from "./testing/write-folder.ts";

async function read(content: string | Uint8Array) {
  return Array.fromAsync(readLines(join(await writeFolder({ "a.txt": content }), "a.txt")));
}

async function linesOf(content: string): Promise<string[]> {
  return (await read(content)).map(({ text }) => text);
}

it("gives the lines of a file, whatever ends them", async () => {
  expect(await linesOf("a\nb\r\n\n c \n")).toEqual(["a", "b", "", " c "]);
  expect(await linesOf("\ufeffä\u2028b")).toEqual(["ä\u2028b"]);
  expect(await linesOf("")).toEqual([]);
});

it("gives lines that lie across two pieces of a large file", async () => {
  const lines = Array.from({ length: 20_000 }, (_, number) => `zeile ${number} – ${"ü".repeat(number % 50)}`);
  expect(await linesOf(lines.join("\n"))).toEqual(lines);
});

it("does not keep a line that never ends", async () => {
  const [long, short] = await read(`${"x".repeat(1_000_000)}\nb`);
  expect(long?.text.length).toBe(LONGEST_LINE);
  expect(long?.problem).toBe("must be lines of at most 65,536 bytes: got a longer one");
  expect(short).toEqual({ text: "b", problem: undefined });
});

it("takes a line of the longest length whole", async () => {
  expect(await read("x".repeat(LONGEST_LINE))).toEqual([{ text: "x".repeat(LONGEST_LINE), problem: undefined }]);
  expect(await read("x".repeat(LONGEST_LINE + 1))).toMatchObject([{ problem: expect.any(String) }]);
});

// What is well-formed is said by the table of RFC 3629, section 4.
it.each([
  ["a byte of Latin-1", [0x61, 0xe9, 0x62], "0xE9"],
  ["a character cut short", [0x61, 0xe2, 0x82], "0xE2"],
  ["a surrogate", [0xed, 0xa0, 0x80], "0xED"],
  ["an overlong form", [0xc0, 0xaf], "0xC0"],
])("tells of %s, and reads the lines around it", async (_, bytes, got) => {
  const lines = await read(Buffer.concat([Buffer.from("ä\n"), Buffer.from(bytes), Buffer.from("\nz")]));
  expect(lines.map(({ problem }) => problem)).toEqual([undefined, `must be UTF-8: got the byte ${got}`, undefined]);
  expect([lines[0]?.text, lines[2]?.text]).toEqual(["ä", "z"]);
});

it("fails when there is no such file", async () => {
  await expect(Array.fromAsync(readLines("/nowhere/a.txt"))).rejects.toThrow("ENOENT");
});
