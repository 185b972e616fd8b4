import { join } from "node:path";
import { expect, it } from "vitest";
import type { BadRow } from "./bad-row.ts";
import { type FilePosition, readNumberRows } from "./read-number-rows.ts";
import { writeFolder } from "./testing/write-folder.ts";

async function read(text: string) {
  const rows: (readonly number[])[] = [];
  const badRows: BadRow[] = [];
  await readNumberRows({
    path: join(await writeFolder({ "pairs.csv": text }), "pairs.csv"),
    name: "pairs.csv",
    columns: ["a", "b"],
    onRow: (numbers) => {
      rows.push([...numbers]);
      return numbers[0] === 13 ? "must not be 13: got 13" : undefined;
    },
    onBadRow: (row) => badRows.push(row),
  });
  return { rows, badRows };
}

it("reads rows with any ends of lines, with or without one at the end", async () => {
  const expected = {
    rows: [
      [1, 2],
      [30, 4],
    ],
    badRows: [],
  };
  expect(await read("a,b\n1,2\n30,4\n")).toEqual(expected);
  expect(await read("a,b\r\n1,2\r\n\r\n30,4")).toEqual(expected);
  expect(await read("\ufeffa,b\n1,2\n30,4\n")).toEqual(expected);
});

it("reports rows that are no numbers with their lines, and reads the others", async () => {
  const { rows, badRows } = await read("a,b\n1,2\nx,2\n1\n1,2,3\n-1,2\n1.5,2\n2147483648,1\n2147483647,0\n1,\n");
  expect(rows).toEqual([
    [1, 2],
    [2_147_483_647, 0],
  ]);
  expect(badRows.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 10]);
  expect(badRows[0]).toEqual({ file: "pairs.csv", line: 3, reason: 'must be 2 whole numbers: got "x,2"' });
});

it("reads whole numbers that are written with a point, and columns in quotation marks", async () => {
  const { rows, badRows } = await read('"a","b"\n1.0,5.00\n2.,3\n4,5.0\n5.0,1.5\n.0,1\n1.0.0,1\n1,2.0x\n');
  expect(rows).toEqual([
    [1, 5],
    [2, 3],
    [4, 5],
  ]);
  expect(badRows.map(({ line }) => line)).toEqual([5, 6, 7, 8]);
});

it("reports what the reader of the rows refuses", async () => {
  expect((await read("a,b\n13,1\n")).badRows).toEqual([
    { file: "pairs.csv", line: 2, reason: "must not be 13: got 13" },
  ]);
});

it("reads rows that lie across two pieces of a large file", async () => {
  const count = 100_000;
  const { rows, badRows } = await read(
    `a,b\n${Array.from({ length: count }, (_, row) => `${row + 100},${row}\n`).join("")}`,
  );
  expect(badRows).toEqual([]);
  expect(rows).toHaveLength(count);
  expect(rows.every(([a = 0, b = 0], row) => b === row && a === row + 100)).toBe(true);
});

it("does not keep or repeat a line that never ends", async () => {
  const { badRows } = await read(`a,b\n${"9".repeat(2_000_000)}\n1,2\n`);
  expect(badRows).toHaveLength(1);
  expect(badRows[0]?.reason.length).toBeLessThan(120);
});

it("refuses a file with other columns, or none", async () => {
  await expect(read("a,c\n1,2\n")).rejects.toThrow('pairs.csv: its first line must be a,b: got "a,c"');
  await expect(read("")).rejects.toThrow('pairs.csv: its first line must be a,b: got ""');
});

it("goes on from any place that it told", async () => {
  const rows = Array.from({ length: 200_000 }, (_, row) => `${row},${row % 7}`);
  rows[150_000] = "bad";
  const path = join(await writeFolder({ "pairs.csv": `a,b\n${rows.join("\r\n")}` }), "pairs.csv");
  const places: FilePosition[] = [];
  const readFrom = async (from?: FilePosition) => {
    const seen: number[] = [];
    const badLines: number[] = [];
    await readNumberRows({
      path,
      name: "pairs.csv",
      columns: ["a", "b"],
      ...(from && { from }),
      onRow: ([a = -1]) => void seen.push(a),
      onBadRow: ({ line }) => badLines.push(line),
      afterPiece: (place) => places.push(place),
    });
    return { seen, badLines };
  };
  const whole = await readFrom();
  const pieces = places.splice(0);
  expect(pieces.length).toBeGreaterThan(5);
  expect(whole.badLines).toEqual([150_002]);
  for (const from of pieces) {
    const { seen, badLines } = await readFrom(from);
    expect(seen).toEqual(whole.seen.slice(whole.seen.length - seen.length));
    expect(badLines).toEqual(from.line < 150_002 ? [150_002] : []);
    expect(from.line + seen.length + badLines.length).toBe(200_001);
  }
});
