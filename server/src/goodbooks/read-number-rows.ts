import { createReadStream } from "node:fs";

/** A row that could not be used. */
export interface BadRow {
  readonly file: string;
  /** Counted from 1, the header included. */
  readonly line: number;
  /** What is wrong, wanted then got. */
  readonly reason: string;
}

/** A file of rows of whole numbers. */
export interface NumberFile {
  /** Where it is. */
  readonly path: string;
  /** How it is called in bad rows and errors. */
  readonly name: string;
  /** The names of the columns, as they must stand in its first line. */
  readonly columns: readonly string[];
  /** Takes the numbers of a row, overwritten by the next; says what is wrong with them, or nothing. */
  onRow(numbers: readonly number[]): string | undefined;
  onBadRow(row: BadRow): void;
}

const MAX_ECHO = 60;
const MAX_LINE = 1_000;
const MAX_ID = 0x7fff_ffff;

/**
 * Reads a comma-separated file of whole numbers in pieces, whatever its size: empty lines are passed over, and rows that are no such
 * numbers are reported with their line.
 * @throws Error when the file cannot be read or starts with other columns.
 */
export async function readNumberRows(file: NumberFile): Promise<void> {
  const numbers: number[] = new Array(file.columns.length).fill(0);
  let line = 0;
  let rest = "";
  for await (const chunk of createReadStream(file.path, { encoding: "latin1", highWaterMark: 1 << 18 })) {
    const lines = (rest + chunk).split("\n");
    // A line that never ends is not kept whole: past this length nothing of it can be right.
    rest = (lines.pop() ?? "").slice(0, MAX_LINE + 1);
    for (const text of lines) readLine(text);
  }
  readLine(rest);
  if (line === 1 && rest === "") throw wrongHeader(file, "");

  function readLine(text: string): void {
    line++;
    const row = text.endsWith("\r") ? text.slice(0, -1) : text;
    if (line === 1) {
      if (row.replace(/^\u00ef\u00bb\u00bf/, "") !== file.columns.join(",")) throw wrongHeader(file, row);
      return;
    }
    if (row === "") return;
    const reason = parseNumbers(row, numbers)
      ? file.onRow(numbers)
      : `must be ${numbers.length} whole numbers: got ${echo(row)}`;
    if (reason !== undefined) file.onBadRow({ file: file.name, line, reason });
  }
}

function parseNumbers(row: string, into: number[]): boolean {
  if (row.length > MAX_LINE) return false;
  const cells = row.split(",");
  if (cells.length !== into.length) return false;
  return cells.every((cell, index) => {
    const value = /^\d{1,10}$/.test(cell) ? Number(cell) : MAX_ID + 1;
    into[index] = value;
    return value <= MAX_ID;
  });
}

function wrongHeader({ name, columns }: NumberFile, got: string): Error {
  return new Error(`${name}: its first line must be ${columns.join(",")}: got ${echo(got)}`);
}

function echo(text: string): string {
  return JSON.stringify(text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO)}…` : text);
}
