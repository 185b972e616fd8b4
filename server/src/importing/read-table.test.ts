import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { BadRow } from "./bad-row.ts";
import { readTable } from "./read-table.ts";
import { writeFolder } from "./testing/write-folder.ts";

async function read(text: string) {
  const rows: unknown[] = [];
  const badRows: BadRow[] = [];
  await readTable({
    path: join(await writeFolder({ "t.csv": text }), "t.csv"),
    name: "t.csv",
    needed: ["id", "title"],
    optional: ["year"],
    onRow(cells) {
      rows.push(cells);
      return cells.id === "13" ? "must not be 13: got 13" : undefined;
    },
    onBadRow: (row) => badRows.push(row),
  });
  return { rows, badRows: badRows.map(({ line, reason }) => `${line} ${reason}`) };
}

it("reads columns by their names, wherever they are and whatever else is", async () => {
  expect(await read("x,title,id,year\n1,Dune,7,1965\n")).toEqual({
    rows: [{ id: "7", title: "Dune", year: "1965" }],
    badRows: [],
  });
  expect((await read("\ufeff title ,id\r\nDune,7\r\n\r\n")).rows).toEqual([{ id: "7", title: "Dune", year: "" }]);
});

it("reads cells in quotation marks, with commas, quotation marks and ends of lines in them", async () => {
  const { rows, badRows } = await read('id,title\n1,"Dune, ""the"" book"\n"2",""\n3,"two\nlines"\n4,5" disk\n');
  expect(badRows).toEqual([]);
  expect(rows).toMatchObject([
    { id: "1", title: 'Dune, "the" book' },
    { id: "2", title: "" },
    { id: "3", title: "two\nlines" },
    { id: "4", title: '5" disk' },
  ]);
});

it("reads whatever text is written by the rules", async () => {
  const cells = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !text.includes("\r"));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 8 }), async (titles) => {
      const text = `id,title\n${titles.map((title, id) => `${id},${quoted(title)}\n`).join("")}`;
      const { rows, badRows } = await read(text.replaceAll("\ufeff", ""));
      expect(badRows).toEqual(titles.includes("13") ? expect.anything() : []);
      expect(rows).toEqual(
        titles.map((title, id) => ({ id: `${id}`, title: title.replaceAll("\ufeff", ""), year: "" })),
      );
    }),
    { numRuns: 50 },
  );
});

it("reports bad rows with their lines, and reads the rows after each", async () => {
  const { rows, badRows } = await read('id,title\n1\n2,a,b\n3,"open\n4,fine\n5,"x"y\n13,no\n6,"two\nlines"\n7,z\n');
  expect(badRows).toEqual([
    '2 must be 2 cells: got 1 in "1"',
    '3 must be 2 cells: got 3 in "2,a,b"',
    '4 must be 2 cells: got a wrong quotation mark in "3,\\"open"',
    '6 must be 2 cells: got a wrong quotation mark in "5,\\"x\\"y"',
    "7 must not be 13: got 13",
  ]);
  expect(rows).toMatchObject([{ id: "4" }, { id: "13" }, { id: "6", title: "two\nlines" }, { id: "7" }]);
});

it("loses only the row whose quotation mark is never closed, however long the file is", async () => {
  const count = 2_000;
  const { rows, badRows } = await read(
    `id,title\n1,"never closed\n${Array.from({ length: count }, (_, id) => `${id + 100},t\n`).join("")}`,
  );
  expect(badRows).toHaveLength(1);
  expect(rows).toHaveLength(count);
});

it("refuses a file that lacks a column, and names it", async () => {
  await expect(read("id,name\n1,a\n")).rejects.toThrow("t.csv: its first line must name id, title: got no title");
  await expect(read("")).rejects.toThrow("t.csv: its first line must name id, title: got no id, no title");
});
