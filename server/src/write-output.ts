import { fstatSync, writeSync } from "node:fs";

/** What is reserved for the text of one turn of the event loop: 300 calls, where each unit of UTF-16 takes three bytes. */
const RESERVED_BYTES = 256 * 1_024;
const MOST_BYTES_OF_UNIT = 3;
const NEWLINE = 10;

/** Writes text to standard output. What it cannot write is lost, and the process stays: the reader of it may end, and a disk may be full. */
export function createOutput(): (text: string) => void {
  const { stdout } = process;
  stdout.on("error", () => undefined);
  return fstatSync(stdout.fd).isFile() ? createFileWriter(stdout.fd) : (text) => void stdout.write(text);
}

/**
 * Writes text to an open file, at once, with the same bytes each time: Node's stream makes new ones, which are cold when the system
 * copies them, or not there yet. What this process writes after a line of its own that was cut, as by a disk that is full, begins a new one.
 */
export function createFileWriter(fd: number): (text: string) => void {
  const reserved = Buffer.allocUnsafeSlow(RESERVED_BYTES);
  const bytesOf = (text: string) =>
    text.length * MOST_BYTES_OF_UNIT > RESERVED_BYTES ? Buffer.from(text) : reserved.subarray(0, reserved.write(text));
  let isCut = false;
  return (text) => {
    const bytes = bytesOf(isCut && fstatSync(fd).size > 0 ? `\n${text}` : text);
    const written = writeAsMuchAsFits(fd, bytes);
    if (written > 0) isCut = written < bytes.length && bytes[written - 1] !== NEWLINE;
  };
}

/** Returns how many bytes were written. */
function writeAsMuchAsFits(fd: number, bytes: Buffer): number {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(fd, bytes, written);
  } catch {
    // As `createOutput` says.
  }
  return written;
}
