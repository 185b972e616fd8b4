import { createHash } from "node:crypto";
import type { TrainedModel } from "./trained-model.ts";

/*
 * The file of a model:
 *   0  8 bytes   "TRIPMODL"
 *   8  uint32    the format; in the byte order of the machine, like all numbers, so that another order reads as another format
 *  12  uint32    how long the header is, spaces at its end included: a multiple of 8
 *  16            the header in JSON: all that is not an array, and how long each array is
 *                the arrays one after another, each filled up to a multiple of 8 bytes
 *  -32           SHA-256 of all that comes before it
 */
const MAGIC = "TRIPMODL";
const FORMAT = 4;
const PREFIX = 16;
const CHECKSUM = 32;

interface Header extends Omit<TrainedModel, "model"> {
  readonly lengths: ArrayLengths;
  readonly readers: number;
  readonly likes: number;
  readonly mostLikes: number;
}

interface ArrayLengths {
  readonly books: number;
  readonly weights: number;
}

/** A model as the bytes of its file. */
export function encodeModel({ model, ...rest }: TrainedModel): Uint8Array {
  const { bookIds, bookLikes, popularity, order, weights, readers, likes, mostLikes } = model;
  const lengths = { books: bookIds.length, weights: weights.targets.length };
  const text = Buffer.from(JSON.stringify({ ...rest, readers, likes, mostLikes, lengths } satisfies Header));
  const headerLength = toMultipleOf8(text.length);
  const arrays = [popularity, weights.starts, weights.targets, weights.weights, bookIds, bookLikes, order];
  const end = arrays.reduce((sum, { byteLength }) => sum + toMultipleOf8(byteLength), PREFIX + headerLength);
  const bytes = Buffer.alloc(end + CHECKSUM);
  bytes.write(MAGIC, "latin1");
  new Uint32Array(bytes.buffer, bytes.byteOffset + MAGIC.length, 2).set([FORMAT, headerLength]);
  bytes.fill(" ", PREFIX, PREFIX + headerLength).set(text, PREFIX);
  let at = PREFIX + headerLength;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += toMultipleOf8(byteLength);
  }
  bytes.set(checksumOf(bytes.subarray(0, end)), end);
  return bytes;
}

/**
 * The model that a file holds; its arrays are views of a copy of the bytes.
 * @throws Error that says what is wrong when the bytes are not exactly those of a model.
 */
export function decodeModel(file: Uint8Array): TrainedModel {
  // A copy at the start of a buffer of its own: arrays of wide numbers cannot start just anywhere.
  const bytes = Buffer.from(new Uint8Array(file).buffer);
  const end = bytes.length - CHECKSUM;
  if (end < PREFIX || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) throw new Error("it is no model");
  const [format, headerLength = 0] = new Uint32Array(bytes.buffer, MAGIC.length, 2);
  if (format !== FORMAT) throw new Error(`it must be of format ${FORMAT}: got ${format}`);
  if (!checksumOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) throw new Error("it is damaged");
  // From here on everything is as encodeModel wrote it.
  const header = JSON.parse(bytes.toString("utf8", PREFIX, PREFIX + headerLength)) as Header;
  const { lengths, readers, likes, mostLikes, trainedAt, evaluation, ...rest } = header;
  let at = PREFIX + headerLength;
  const take = (length: number, width: number) => {
    const start = at;
    at += toMultipleOf8(length * width);
    return [bytes.buffer, start, length] as const;
  };
  const popularity = new Float64Array(...take(lengths.books, 8));
  const weights = {
    starts: new Uint32Array(...take(lengths.books + 1, 4)),
    targets: new Uint32Array(...take(lengths.weights, 4)),
    weights: new Float32Array(...take(lengths.weights, 4)),
  };
  const bookIds = new Int32Array(...take(lengths.books, 4));
  const bookLikes = new Uint32Array(...take(lengths.books, 4));
  const order = new Uint32Array(...take(lengths.books, 4));
  return {
    ...rest,
    trainedAt: new Date(trainedAt),
    evaluation: evaluation && { ...evaluation, evaluation: withTime(evaluation.evaluation) },
    model: { bookIds, bookLikes, popularity, order, weights, readers, likes, mostLikes },
  };
}

function withTime<T extends { readonly time: Date }>(value: T): T {
  return { ...value, time: new Date(value.time) };
}

function toMultipleOf8(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function checksumOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
