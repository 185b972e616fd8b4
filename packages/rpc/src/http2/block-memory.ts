import { copyToKeep } from "./copy-to-keep.ts";
import type { DecodedHead } from "./decoded-head.ts";

/** How many blocks are remembered; a power of two. Clients repeat a handful. */
const PLACES = 32;
/** How many bytes all of them may have together, so that clients that repeat nothing hold no more: some that bring a token in each, or many without. */
const MAX_BYTES = 8_192;
/** The longest: one that brings a token. */
const MAX_BLOCK_BYTES = 4_096;
/** How many bytes at the start of a block its place goes by, where the path is, and how many of the rest. */
const START_BYTES = 40;
const SAMPLES = 8;
/** From how many bytes on the platform compares them sooner than a loop here: that takes 2 ns for each, and the platform 0.1 µs for any. */
const NATIVE_BYTES = 40;

/** A block and the head that it stands for while the dynamic table is what it was. */
interface Remembered {
  readonly generation: number;
  readonly bytes: Buffer;
  readonly head: DecodedHead;
}

/**
 * What the header blocks of a connection were decoded to. Clients send the same few bytes again and again once the table is warm, and while
 * that stands equal bytes mean equal headers. Many put no credential into the table, so that a token is in each block, and longer than all the rest of it.
 * Each block has one place, by some of its bytes; the newer of two takes it.
 */
export class BlockMemory {
  private places: (Remembered | undefined)[] | undefined = undefined;
  private size = 0;

  /** The head that a block was decoded to in this generation of the table; undefined when that is not remembered. */
  find(generation: number, bytes: Buffer, start: number, end: number): DecodedHead | undefined {
    if (this.places === undefined || end - start > MAX_BLOCK_BYTES) return undefined;
    const found = this.places[placeOf(bytes, start, end)];
    if (found === undefined || found.generation !== generation) return undefined;
    return isEqual(found.bytes, bytes, start, end) ? found.head : undefined;
  }

  remember(generation: number, bytes: Buffer, start: number, end: number, head: DecodedHead): void {
    const length = end - start;
    if (length > MAX_BLOCK_BYTES) return;
    const place = placeOf(bytes, start, end);
    const more = length - (this.places?.[place]?.bytes.length ?? 0);
    if (this.places === undefined || this.size + more > MAX_BYTES) {
      this.places = new Array<Remembered | undefined>(PLACES).fill(undefined);
      this.size = length;
    } else this.size += more;
    this.places[place] = { generation, bytes: copyToKeep(bytes, start, end), head };
  }
}

function placeOf(bytes: Buffer, start: number, end: number): number {
  const startEnd = Math.min(end, start + START_BYTES);
  const step = Math.ceil((end - startEnd) / SAMPLES);
  let hash = end - start;
  for (let index = start; index < startEnd; index++) hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
  for (let index = startEnd; index < end; index += step) hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
  return (hash ^ (hash >>> 16)) & (PLACES - 1);
}

function isEqual(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  if (known.length >= NATIVE_BYTES) return known.compare(bytes, start, end) === 0;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[start + index]) return false;
  return true;
}
