import { open } from "node:fs/promises";
import { join } from "node:path";
import type { FileName } from "./folder-files.ts";

/** How much of a file is looked at. */
const HEAD_BYTES = 65_536;
const [NUL, LF, CR, COMMA] = [0x00, 0x0a, 0x0d, 0x2c];

/**
 * Checks that a file is text that an import can read, by its beginning.
 * @throws Error that says what the file is where it is something else: UTF-16 or UTF-32, compressed, no text, with lines that end with a
 * carriage return alone, or with cells parted by something else than commas.
 */
export async function checkFileForm(folder: string, name: FileName): Promise<void> {
  const head = await readHead(join(folder, name));
  const form = encodingOf(head) ?? lineEndsOf(head) ?? separatorOf(head);
  if (form === undefined) return;
  throw new Error(`${name}: must be comma-separated text in UTF-8 whose lines end with LF or CRLF: got ${form}`);
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const signatures: readonly (readonly [string, string])[] = [
  ["fffe0000", "UTF-32"],
  ["0000feff", "UTF-32"],
  ["fffe", "UTF-16"],
  ["feff", "UTF-16"],
  ["1f8b", "a file compressed with gzip"],
  ["504b0304", "a ZIP archive or a spreadsheet"],
  ["28b52ffd", "a file compressed with zstd"],
];

function encodingOf(head: Buffer): string | undefined {
  const start = head.toString("hex", 0, 4);
  const signature = signatures.find(([bytes]) => start.startsWith(bytes));
  if (signature !== undefined) return signature[1];
  const line = firstLine(head);
  const zeros = line.filter((byte) => byte === NUL).length;
  if (zeros === 0) return undefined;
  // The headers are ASCII, of which UTF-16 makes every other byte zero.
  return zeros >= Math.floor(line.length / 2) ? "UTF-16 without a mark of byte order" : "zero bytes in its first line";
}

function lineEndsOf(head: Buffer): string | undefined {
  return head.includes(CR) && !head.includes(LF) ? "lines that end with CR alone" : undefined;
}

function separatorOf(head: Buffer): string | undefined {
  const line = firstLine(head);
  if (line.includes(COMMA)) return undefined;
  const separator = [";", "\t", "|"].find((character) => line.includes(character));
  return separator && `cells parted by ${JSON.stringify(separator)}`;
}

function firstLine(head: Buffer): Buffer {
  const end = head.indexOf(LF);
  return end < 0 ? head : head.subarray(0, end);
}
