import { type FileHandle, open } from "node:fs/promises";

/*
 * The write-ahead log of SQLite, as https://www.sqlite.org/fileformat2.html#the_write_ahead_log describes it: a header, and frames of a
 * page each, whose checksums go on from the one before. SQLite reads it up to the first frame that does not fit, without a word.
 */

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;
/** Set in the magic number when the checksums are of big-endian words. */
const BIG_ENDIAN = 1;

/** What is found of a log before it is opened. */
export type LogState =
  | { readonly kind: "none" }
  /** All of it will be read. */
  | { readonly kind: "whole" }
  /** What comes after so many bytes will not be read, although it seems to have been written. */
  | { readonly kind: "damaged"; readonly readableBytes: number; readonly bytes: number };

/** Reads a log, which nobody may have open. An empty one is none. Rejects when the file cannot be read. */
export async function inspectLog(path: string): Promise<LogState> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { kind: "none" };
    throw error;
  }
  try {
    const { size } = await file.stat();
    return size === 0 ? { kind: "none" } : await inspect(file, size);
  } finally {
    await file.close();
  }
}

async function inspect(file: FileHandle, bytes: number): Promise<LogState> {
  const header = await read(file, 0, HEADER_BYTES);
  const reader = header && readHeader(header);
  if (reader === undefined) return { kind: "damaged", readableBytes: 0, bytes };
  const { frameBytes, salt } = reader;
  let sum = reader.sum;
  let start = HEADER_BYTES;
  for (; start + frameBytes <= bytes; start += frameBytes) {
    const frame = await read(file, start, frameBytes);
    if (frame === undefined || !hasSalt(frame, salt)) break;
    sum = reader.add(reader.add(sum, frame.subarray(0, 8)), frame.subarray(FRAME_HEADER_BYTES));
    if (sum[0] !== frame.readUInt32BE(16) || sum[1] !== frame.readUInt32BE(20)) break;
  }
  // What comes then is of an earlier use of the file, and has another salt; unless it was written after what cannot be read.
  for (let later = start; later + FRAME_HEADER_BYTES <= bytes; later += frameBytes) {
    const frame = await read(file, later, FRAME_HEADER_BYTES);
    if (frame !== undefined && hasSalt(frame, salt)) return { kind: "damaged", readableBytes: start, bytes };
  }
  return { kind: "whole" };
}

type Checksum = readonly [number, number];

function readHeader(header: Buffer) {
  const magic = header.readUInt32BE(0);
  if ((magic & ~BIG_ENDIAN) !== MAGIC) return undefined;
  const readWord = magic & BIG_ENDIAN ? Buffer.prototype.readUInt32BE : Buffer.prototype.readUInt32LE;
  const add = ([first, second]: Checksum, bytes: Buffer): Checksum => {
    let [a, b] = [first, second];
    for (let index = 0; index < bytes.length; index += 8) {
      a = (a + readWord.call(bytes, index) + b) >>> 0;
      b = (b + readWord.call(bytes, index + 4) + a) >>> 0;
    }
    return [a, b];
  };
  const sum = add([0, 0], header.subarray(0, 24));
  if (sum[0] !== header.readUInt32BE(24) || sum[1] !== header.readUInt32BE(28)) return undefined;
  return { frameBytes: FRAME_HEADER_BYTES + header.readUInt32BE(8), salt: header.subarray(16, 24), sum, add };
}

function hasSalt(frame: Buffer, salt: Buffer): boolean {
  return frame.subarray(8, 16).equals(salt);
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : undefined;
}
