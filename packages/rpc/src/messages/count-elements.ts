import type { DescMessage } from "@bufbuild/protobuf";
import { type FieldShape, type ScalarShape, shapesOf } from "./field-shapes.ts";

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const START_GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;

/** Parsing goes no deeper into messages, nor into groups, and fails there. */
const MAX_DEPTH = 100;
const NO_SHAPES: ReadonlyMap<number, FieldShape> = new Map();

/**
 * Whether a protobuf message has more elements than allowed: occurrences of fields, known or not, at every depth, entries of maps and the
 * fields of unknown groups among them, and each value of a packed field. Makes no object of what it walks over. A message that is no
 * longer than the limit is not read: an element takes a byte at least. What is no message is walked as far as it would be parsed.
 */
export function hasTooManyElements(desc: DescMessage, bytes: Uint8Array, limit: number): boolean {
  return bytes.length > limit && new Walk(bytes, limit).exceeds(desc);
}

/**
 * One walk, which takes each step that the parser takes: a known field is read as its type is written, whatever wire type its tag has. To
 * read it otherwise would pass over bytes that the parser makes elements of.
 */
class Walk {
  private readonly bytes: Uint8Array;
  private readonly limit: number;
  private elements = 0;
  /** The offset of the next byte; infinite once there is nothing more to find out. */
  private at = 0;

  constructor(bytes: Uint8Array, limit: number) {
    this.bytes = bytes;
    this.limit = limit;
  }

  exceeds(desc: DescMessage): boolean {
    this.message(desc, this.bytes.length, 1);
    return this.elements > this.limit;
  }

  private stop(): void {
    this.at = Number.POSITIVE_INFINITY;
  }

  private count(): void {
    this.elements += 1;
    if (this.elements > this.limit) this.stop();
  }

  private message(desc: DescMessage, length: number, depth: number): void {
    if (depth > MAX_DEPTH) this.stop();
    const shapes = shapesOf(desc);
    const end = this.at + length;
    while (this.at < end) {
      const tag = this.uint32();
      this.count();
      this.field(shapes.get(tag >>> 3), tag, depth);
    }
  }

  private group(shapes: ReadonlyMap<number, FieldShape>, depth: number): void {
    if (depth > 2 * MAX_DEPTH) this.stop();
    while (this.at < this.bytes.length) {
      const tag = this.uint32();
      if ((tag & 7) === END_GROUP) return;
      this.count();
      this.field(shapes.get(tag >>> 3), tag, depth);
    }
  }

  private field(shape: FieldShape | undefined, tag: number, depth: number): void {
    if (shape === undefined) this.unknown(tag & 7, depth);
    else if (shape.kind === "message") {
      if (shape.group) this.group(shapesOf(shape.message), depth + 1);
      else this.message(shape.message, this.uint32(), depth + 1);
    } else if (shape.kind === "map") this.entry(shape.key, shape.value, depth);
    else if (shape.packable && (tag & 7) === LENGTH_DELIMITED) this.packed(shape.scalar);
    else this.scalar(shape.scalar);
  }

  private entry(key: ScalarShape, value: ScalarShape | DescMessage, depth: number): void {
    const length = this.uint32();
    const end = this.at + length;
    while (this.at < end) {
      const tag = this.uint32();
      this.count();
      const field = tag >>> 3;
      if (field === 1) this.scalar(key);
      else if (field !== 2) this.unknown(tag & 7, depth);
      else if (typeof value === "object") this.message(value, this.uint32(), depth + 1);
      else this.scalar(value);
    }
  }

  private unknown(wireType: number, depth: number): void {
    if (wireType === VARINT) this.scalar("varint");
    else if (wireType === FIXED64) this.scalar(8);
    else if (wireType === FIXED32) this.scalar(4);
    else if (wireType === LENGTH_DELIMITED) this.scalar("bytes");
    else if (wireType === START_GROUP) this.group(NO_SHAPES, depth + 1);
    else this.stop();
  }

  private packed(scalar: ScalarShape): void {
    const length = this.uint32();
    const end = this.at + length;
    while (this.at < end) {
      this.count();
      this.scalar(scalar);
    }
  }

  private scalar(shape: ScalarShape): void {
    if (shape === "varint") this.skipVarint();
    else {
      const length = shape === "bytes" ? this.uint32() : shape;
      this.at += length;
    }
    if (this.at > this.bytes.length) this.stop();
  }

  private skipVarint(): void {
    while ((this.bytes[this.at] ?? 0) >= 0x80) this.at += 1;
    this.at += 1;
  }

  /** The lower 32 bits of a varint: all that tags and lengths have. */
  private uint32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}
