import { createReadStream } from "node:fs";

/** The most bytes of a line; no line of a table is that long. */
export const LONGEST_LINE = 65_536;

/** A line of a text file. */
export interface TextLine {
  /** Without its end; what is no UTF-8 in it is replaced. */
  readonly text: string;
  /** Why the text is not what stands in the file, wanted then got; undefined when it is. */
  readonly problem: string | undefined;
}

const LINE_FEED = 0x0a;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads the lines of a text file in UTF-8, whatever its size, without their ends and without a mark of byte order. Of a line that is too long
 * only the beginning is kept.
 * @throws Error when the file cannot be read.
 */
export async function* readLines(path: string): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of createReadStream(path)) {
    // Without an encoding a stream of a file brings buffers.
    const piece: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      yield decode(piece.subarray(start, end), first);
      first = false;
      start = end + 1;
    }
    rest = piece.subarray(start, start + LONGEST_LINE + 1);
  }
  if (rest.length > 0) yield decode(rest, first);
}

function decode(bytes: Buffer, first: boolean): TextLine {
  if (bytes.length > LONGEST_LINE) {
    const problem = `must be lines of at most ${LONGEST_LINE.toLocaleString("en")} bytes: got a longer one`;
    return { text: clean(bytes.toString("utf8", 0, LONGEST_LINE), first), problem };
  }
  try {
    return { text: clean(strict.decode(bytes), first), problem: undefined };
  } catch {
    // A TypeError is the only way the decoder has to say so.
    const text = bytes.toString("utf8");
    const byte = bytes[firstDifference(bytes, Buffer.from(text))] ?? 0;
    const problem = `must be UTF-8: got the byte 0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    return { text: clean(text, first), problem };
  }
}

/** Where what was read and written again first differs from what it was. */
function firstDifference(bytes: Buffer, others: Buffer): number {
  return bytes.findIndex((byte, index) => byte !== others[index]);
}

function clean(line: string, first: boolean): string {
  const text = first ? line.replace(/^\ufeff/, "") : line;
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}
