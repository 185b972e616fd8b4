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
  /** Whether what was written last ends within a line. */
  let isCut = false;

  function write(text: string): void {
    const bytes = bytesOf(isCut && fstatSync(fd).size > 0 ? `\n${text}` : text);
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(fd, bytes, at);
      isCut = at < bytes.length && bytes[at - 1] !== NEWLINE;
    }
  }

  return (text) => {
    try {
      write(text);
    } catch {
      // As `createOutput` says.
    }
  };
}
