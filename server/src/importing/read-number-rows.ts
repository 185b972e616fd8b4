import { createReadStream } from "node:fs";
import { type BadRow, echo } from "./bad-row.ts";

/** A place in a file between two lines: how many bytes and how many lines are before it. */
export interface FilePosition {
  readonly offset: number;
  readonly line: number;
}

/** A file of rows of whole numbers. */
export interface NumberFile {
  /** Where it is. */
  readonly path: string;
  /** How it is called in bad rows and errors. */
  readonly name: string;
  /** The names of the columns, as they must stand in its first line. */
  readonly columns: readonly string[];
  /** Where to go on reading; the start of the file when left out. */
  readonly from?: FilePosition;
  /** Takes the numbers of a row, overwritten by the next; says what is wrong with them, or nothing. */
  onRow(numbers: readonly number[]): string | undefined;
  onBadRow(row: BadRow): void;
  /** Is told where reading stands after every quarter of a megabyte or so and at the end; what it throws ends the reading. */
  afterPiece?(position: FilePosition): void;
}

const PIECE_BYTES = 1 << 18;
const MAX_LINE = 1_000;
const MAX_NUMBER = 0x7fff_ffff;
const START: FilePosition = { offset: 0, line: 0 };
const [COMMA, POINT, ZERO, LINE_FEED, CARRIAGE_RETURN] = [0x2c, 0x2e, 0x30, 0x0a, 0x0d];

/**
 * Reads a comma-separated file of whole numbers from 0 to 2,147,483,647 in pieces, whatever its size: empty lines are passed over, and rows that are no
 * such numbers are reported with their line. Zeros after a point, as in `5.0`, leave a number whole.
 * @throws Error when the file cannot be read or starts with other columns.
 */
export async function readNumberRows(file: NumberFile): Promise<void> {
  const numbers: number[] = new Array(file.columns.length).fill(0);
  let { offset, line } = file.from ?? START;
  // The beginning of a line whose end is in a later piece, and how much of it was left out because nothing so long can be right.
  let rest: Buffer = Buffer.alloc(0);
  let leftOut = 0;
  for await (const chunk of createReadStream(file.path, { start: offset, highWaterMark: PIECE_BYTES })) {
    // Without an encoding a stream of a file brings buffers.
    const piece: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      readLine(piece, start, end);
      offset += end + 1 - start + leftOut;
      leftOut = 0;
      start = end + 1;
    }
    const kept = Math.min(piece.length - start, MAX_LINE + 1);
    leftOut += piece.length - start - kept;
    rest = piece.subarray(start, start + kept);
    file.afterPiece?.({ offset, line });
  }
  if (rest.length > 0 || line === 0) readLine(rest, 0, rest.length);
  file.afterPiece?.({ offset: offset + rest.length + leftOut, line });

  function readLine(bytes: Buffer, start: number, lineEnd: number): void {
    line++;
    const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (line === 1) {
      const header = bytes
        .toString("utf8", start, end)
        .replace(/^\ufeff/, "")
        .replaceAll('"', "");
      if (header !== file.columns.join(",")) throw wrongHeader(file, header);
    } else if (end > start) {
      const reason = parseNumbers(bytes, start, end, numbers)
        ? file.onRow(numbers)
        : `must be ${numbers.length} whole numbers: got ${echo(bytes.toString("utf8", start, Math.min(end, start + MAX_LINE)))}`;
      if (reason !== undefined) file.onBadRow({ file: file.name, line, reason });
    }
  }
}

/** Digit by digit, without a string: a file has millions of rows. */
function parseNumbers(bytes: Buffer, start: number, end: number, into: number[]): boolean {
  let at = start;
  for (let column = 0; column < into.length; column++) {
    let value = 0;
    const first = at;
    for (; at < end && bytes[at] !== COMMA && bytes[at] !== POINT; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return false;
      value = 10 * value + digit;
    }
    if (at === first || at - first > 10 || value > MAX_NUMBER) return false;
    if (bytes[at] === POINT)
      do at++;
      while (at < end && bytes[at] === ZERO);
    into[column] = value;
    // Past the comma, which is there after every number but the last.
    if (column < into.length - 1 && at++ >= end) return false;
  }
  return at === end;
}

function wrongHeader({ name, columns }: NumberFile, got: string): Error {
  return new Error(`${name}: its first line must be ${columns.join(",")}: got ${echo(got)}`);
}
