import { ConnectionError } from "./connection-error.ts";
import { DynamicTable } from "./dynamic-table.ts";
import { ErrorCode } from "./error-code.ts";
import { HeaderField } from "./header-field.ts";
import { decodeHuffman } from "./huffman.ts";
import { staticTable } from "./static-table.ts";

/** How large the dynamic table of a decoder is, in bytes, unless its SETTINGS say otherwise; ours do not (RFC 9113, section 6.5.2). */
export const TABLE_SIZE = 4_096;
/** How many bytes an integer may have after its prefix: none in a header block needs more than 28 bits (RFC 7541, section 5.1). */
const MAX_INTEGER_BYTES = 4;

const NO_BYTES = Buffer.alloc(0);

/** What a decoder bounds; the sizes count as in RFC 9113, section 6.5.2. */
export interface HeaderListBounds {
  readonly maxHeaderListSize: number;
  readonly maxHeaderCount: number;
}

/** Decodes the header blocks of a connection, in the order in which they come (RFC 7541). */
export class HpackDecoder {
  /** The headers of the block that is decoded, up to the bounds. */
  private fields: HeaderField[] = [];
  private listSize = 0;
  private readonly table = new DynamicTable(TABLE_SIZE);
  private readonly bounds: HeaderListBounds;
  /** The chunk that the block is in, held no longer than that: a connection that is idle would hold it on. */
  private bytes: Buffer = NO_BYTES;
  private position = 0;
  private end = 0;
  /** Goes up whenever the dynamic table changes; while it stands, equal blocks mean equal headers. */
  generation = 0;
  /** Whether the block decoded last went over the bounds. Tables are in step all the same. */
  isOverBounds = false;

  constructor(bounds: HeaderListBounds) {
    this.bounds = bounds;
  }

  /**
   * Decodes a whole block.
   * @throws ConnectionError when it is none (RFC 9113, section 4.3).
   */
  decode(bytes: Buffer, start: number, end: number): HeaderField[] {
    this.fields = [];
    this.listSize = 0;
    this.isOverBounds = false;
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    try {
      this.decodeAll();
      return this.fields;
    } finally {
      this.fields = [];
      this.bytes = NO_BYTES;
    }
  }

  private decodeAll(): void {
    const { bytes, end } = this;
    let mayResize = true;
    while (this.position < end) {
      const first = bytes[this.position] ?? 0;
      if ((first & 0xe0) !== 0x20) mayResize = false;
      else if (!mayResize) throw compressionError("a size update behind a header");
      this.decodeOne(first);
    }
  }

  /** One representation (RFC 7541, section 6). */
  private decodeOne(first: number): void {
    if (first & 0x80) this.take(this.entry(this.integer(7)));
    else if (first & 0x40) {
      const field = this.literal(6);
      this.table.add(field);
      this.generation += 1;
      this.take(field);
    } else if (first & 0x20) this.resize(this.integer(5));
    else this.take(this.literal(4));
  }

  private take(field: HeaderField): void {
    this.listSize += field.size;
    const { maxHeaderListSize, maxHeaderCount } = this.bounds;
    if (this.listSize > maxHeaderListSize || this.fields.length >= maxHeaderCount) this.isOverBounds = true;
    else this.fields.push(field);
  }

  private entry(index: number): HeaderField {
    const field = index <= staticTable.length ? staticTable[index - 1] : this.table.at(index - staticTable.length - 1);
    if (field === undefined) throw compressionError(`no entry ${index} in the tables`);
    return field;
  }

  private literal(prefixBits: number): HeaderField {
    const index = this.integer(prefixBits);
    const name = index === 0 ? this.string() : this.entry(index).name;
    return new HeaderField(name, this.string());
  }

  private resize(size: number): void {
    if (size > TABLE_SIZE) throw compressionError(`a table of ${size} bytes, of ${TABLE_SIZE} allowed`);
    this.table.resize(size);
    this.generation += 1;
  }

  /** An integer whose first byte has a prefix of so many bits (section 5.1). */
  private integer(prefixBits: number): number {
    const { bytes, end } = this;
    const mask = (1 << prefixBits) - 1;
    let value = (bytes[this.position++] ?? 0) & mask;
    if (value < mask) return value;
    for (let shift = 0; shift < 7 * MAX_INTEGER_BYTES; shift += 7) {
      if (this.position >= end) throw compressionError("an integer that does not end");
      const byte = bytes[this.position++] ?? 0;
      value += (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw compressionError("an integer that is too large");
  }

  /** A string, Huffman-coded or not (section 5.2). */
  private string(): string {
    if (this.position >= this.end) throw compressionError("a header without its value");
    const isHuffman = ((this.bytes[this.position] ?? 0) & 0x80) !== 0;
    const length = this.integer(7);
    const start = this.position;
    this.position += length;
    if (this.position > this.end) throw compressionError("a string that does not end");
    if (!isHuffman) return this.bytes.toString("latin1", start, this.position);
    return decodeHuffmanString(this.bytes, start, this.position);
  }
}

let scratch = Buffer.allocUnsafeSlow(8_192);

function decodeHuffmanString(bytes: Buffer, start: number, end: number): string {
  const mostBytes = Math.ceil(((end - start) * 8) / 5);
  if (mostBytes > scratch.length) scratch = Buffer.allocUnsafeSlow(mostBytes);
  const length = decodeHuffman(bytes, start, end, scratch);
  if (length < 0) throw compressionError("a string that is no Huffman code");
  return scratch.toString("latin1", 0, length);
}

function compressionError(message: string): ConnectionError {
  return new ConnectionError(ErrorCode.compressionError, message);
}
