import { join } from "node:path";
import { expect, it } from "vitest";
import { readPairs } from "./read-pairs.ts";
import { writeFolder } from "./testing/write-folder.ts";

async function pairsOf(content: string) {
  const folder = await writeFolder({ "pairs.txt": content });
  const { likes, badRows } = await readPairs(join(folder, "pairs.txt"));
  const pairs = Array.from(likes.readers, (reader, row) => `${reader}/${likes.books[row]}`);
  return { pairs, bad: badRows.map(({ line, reason }) => `${line}: ${reason}`) };
}

it.each([
  ["commas, with a header and further columns", "user,item,time\n7,a1,99\n8,a1,98\n7,b2,97\n"],
  ["tabs and CRLF", "7\ta1\r\n8\ta1\r\n7\tb2\r\n"],
  ["spaces, an empty line and a mark of byte order", "\ufeff7  a1\n\n8 a1\n7 b2"],
  ["semicolons and names without digits after the first line", "r1;a1\nben;a1\nr1;b\n"],
])("numbers readers and books of a file with %s", async (_, content) => {
  expect(await pairsOf(content)).toEqual({ pairs: ["0/0", "1/0", "0/1"], bad: [] });
});

it("tells of lines that have no two columns", async () => {
  expect(await pairsOf("1,2\n3\n4,\n")).toEqual({
    pairs: ["0/0"],
    bad: ['2: must be a reader and a book: got "3"', '3: must be a reader and a book: got "4,"'],
  });
});

it("a file that is not there fails", async () => {
  await expect(readPairs("no such file")).rejects.toThrow("ENOENT");
});
