import { type BadRow, echo } from "./bad-row.ts";
import { LONGEST_LINE, readLines, type TextLine } from "./read-lines.ts";

/** A comma-separated file of text in UTF-8, whose first line names the columns. */
export interface TextTable<Needed extends string, Optional extends string> {
  /** Where it is. */
  readonly path: string;
  /** How it is called in bad rows and errors. */
  readonly name: string;
  /** The columns that must be there, in whatever order and whatever else is. */
  readonly needed: readonly Needed[];
  /** Columns whose cells are empty where they are missing. */
  readonly optional: readonly Optional[];
  /** Takes the cells of a row by column; says what is wrong with them, or nothing. */
  onRow(cells: Readonly<Record<Needed | Optional, string>>): string | undefined;
  onBadRow(row: BadRow): void;
}

/** Over how many lines a row may go. */
const MOST_LINES = 50;

/**
 * Reads a table line by line, whatever its size. A cell in quotation marks may hold commas, ends of lines and doubled quotation marks. Empty lines are
 * passed over, and rows with a wrong number of cells, a quotation mark that is never closed or bytes that are no UTF-8 are reported with their
 * line; the line after it is read as one of its own.
 * @throws Error when the file cannot be read or lacks a column.
 */
export async function readTable<Needed extends string, Optional extends string = never>(
  table: TextTable<Needed, Optional>,
): Promise<void> {
  let columns: readonly string[] | undefined;
  let line = 0;
  // Lines that are not yet a row, because a quotation mark is still open, and the number of the first.
  let waiting: TextLine[] = [];
  let first = 1;

  for await (const next of readLines(table.path)) {
    line++;
    takeLine(next, line);
  }
  while (waiting.length > 0) {
    takeRow("open", textOf(waiting));
    giveUpFirst();
  }
  if (columns === undefined) throw missingColumns(table, []);

  function takeLine(next: TextLine, number: number): void {
    if (waiting.length === 0) first = number;
    waiting.push(next);
    const row = textOf(waiting);
    const cells = parseRow(row);
    if (cells === "open" && waiting.length < MOST_LINES && row.length < LONGEST_LINE) return;
    if (takeRow(cells, row)) waiting = [];
    else giveUpFirst();
  }

  /** What was no row over several lines was one bad line and others after it. */
  function giveUpFirst(): void {
    const others = waiting.slice(1);
    const next = first + 1;
    waiting = [];
    for (const [index, line] of others.entries()) takeLine(line, next + index);
  }

  function takeRow(cells: readonly string[] | "open" | "malformed", text: string): boolean {
    const report = (reason: string) => table.onBadRow({ file: table.name, line: first, reason });
    const unread = waiting.find(({ problem }) => problem !== undefined)?.problem;
    if (columns === undefined) {
      if (unread !== undefined) throw new Error(`${table.name}: its first line ${unread}`);
      columns = headerOf(table, cells);
      return true;
    }
    if (text === "") return true;
    if (typeof cells === "string" || cells.length !== columns.length) {
      const [start = ""] = text.split("\n");
      report(
        `must be ${columns.length} cells: got ${typeof cells === "string" ? "a wrong quotation mark" : cells.length} in ${echo(start)}`,
      );
      return false;
    }
    if (unread !== undefined) {
      report(unread);
      return true;
    }
    // Every column that is asked for gets a text here, which is what the type says.
    const row = Object.fromEntries(
      [...table.needed, ...table.optional].map((name) => [name, cells[columns?.indexOf(name) ?? -1] ?? ""]),
    ) as Record<Needed | Optional, string>;
    const reason = table.onRow(row);
    if (reason !== undefined) report(reason);
    return true;
  }
}

function textOf(lines: readonly TextLine[]): string {
  return lines.map(({ text }) => text).join("\n");
}

/** The cells of a row; "open" when its last quotation mark is not closed. */
function parseRow(text: string): readonly string[] | "open" | "malformed" {
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      const match = /"((?:[^"]|"")*)"/y;
      match.lastIndex = at;
      const [whole, quoted] = match.exec(text) ?? [];
      if (whole === undefined || quoted === undefined) return "open";
      cells.push(quoted.replaceAll('""', '"'));
      at += whole.length;
    } else {
      const comma = text.indexOf(",", at);
      const end = comma < 0 ? text.length : comma;
      cells.push(text.slice(at, end));
      at = end;
    }
    if (at >= text.length) return cells;
    if (text[at] !== ",") return "malformed";
  }
}

function headerOf(table: Columns, cells: readonly string[] | "open" | "malformed"): readonly string[] {
  const columns = typeof cells === "string" ? [] : cells.map((name) => name.trim());
  if (table.needed.some((name) => !columns.includes(name))) throw missingColumns(table, columns);
  return columns;
}

type Columns = Pick<TextTable<string, string>, "name" | "needed">;

function missingColumns({ name, needed }: Columns, got: readonly string[]): Error {
  const missing = needed.filter((column) => !got.includes(column));
  return new Error(`${name}: its first line must name ${needed.join(", ")}: got no ${missing.join(", no ")}`);
}
