import type { DecodedHead } from "./decoded-head.ts";

/** How many blocks are remembered; a power of two. Clients repeat a handful. */
const PLACES = 32;
/** Longer blocks are decoded each time: clients send them before their table is warm, and then no more. */
const MAX_BLOCK_BYTES = 256;

/** A block and the head that it stands for while the dynamic table is what it was. */
interface Remembered {
  readonly generation: number;
  readonly bytes: Buffer;
  readonly head: DecodedHead;
}

/**
 * What the header blocks of a connection were decoded to. Clients send the same few bytes again and again once the table is warm, and while
 * that stands equal bytes mean equal headers. Each block has one place, by its hash; the newer of two takes it.
 */
export class BlockMemory {
  private places: (Remembered | undefined)[] | undefined = undefined;

  /** The head that a block was decoded to in this generation of the table; undefined when that is not remembered. */
  find(generation: number, bytes: Buffer, start: number, end: number): DecodedHead | undefined {
    if (this.places === undefined || end - start > MAX_BLOCK_BYTES) return undefined;
    const found = this.places[placeOf(bytes, start, end)];
    if (found === undefined || found.generation !== generation) return undefined;
    return isEqual(found.bytes, bytes, start, end) ? found.head : undefined;
  }

  remember(generation: number, bytes: Buffer, start: number, end: number, head: DecodedHead): void {
    if (end - start > MAX_BLOCK_BYTES) return;
    this.places ??= new Array<Remembered | undefined>(PLACES).fill(undefined);
    const copy = Buffer.from(bytes.subarray(start, end));
    this.places[placeOf(bytes, start, end)] = { generation, bytes: copy, head };
  }
}

function placeOf(bytes: Buffer, start: number, end: number): number {
  let hash = end - start;
  for (let index = start; index < end; index++) hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
  return (hash ^ (hash >>> 16)) & (PLACES - 1);
}

function isEqual(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[start + index]) return false;
  return true;
}
