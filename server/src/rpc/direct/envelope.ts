import type { Compression } from "@connectrpc/connect/protocol";

/** The five bytes before a message: one of flags, four of length. */
export const ENVELOPE_BYTES = 5;
/** The flag of a compressed message. */
export const COMPRESSED = 1;
/** Smaller messages are not worth compressing; the library's limit. */
const COMPRESS_FROM_BYTES = 1_024;

/** The message of a body that is one envelope without flags and nothing else; undefined for any other body. */
export function onlyMessage(body: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const length = body.length - ENVELOPE_BYTES;
  if (length < 0 || length > maxBytes || body[0] !== 0) return undefined;
  return declaredLength(body) === length ? body.subarray(ENVELOPE_BYTES) : undefined;
}

/**
 * Where the envelope that a body begins with ends; undefined while that is not known, and 0 for one that the library has to look at: with
 * flags, or with a message that is too large.
 */
export function envelopeEnd(start: Uint8Array, maxBytes: number): number | undefined {
  if (start.length < ENVELOPE_BYTES) return undefined;
  const length = declaredLength(start);
  return start[0] === 0 && length <= maxBytes ? ENVELOPE_BYTES + length : 0;
}

/** The length that an envelope says its message has. */
export function declaredLength(body: Uint8Array): number {
  // 24 bits and a multiplication: shifted by 24, the largest lengths would be negative.
  return byteAt(body, 1) * 0x1000000 + ((byteAt(body, 2) << 16) | (byteAt(body, 3) << 8) | byteAt(body, 4));
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

/** Puts a message into an envelope, at a place of a larger buffer; returns where the next one goes. */
export function writeEnvelope(into: Uint8Array, at: number, flags: number, message: Uint8Array): number {
  const { length } = message;
  into[at] = flags;
  into[at + 1] = length >>> 24;
  into[at + 2] = length >>> 16;
  into[at + 3] = length >>> 8;
  into[at + 4] = length;
  into.set(message, at + ENVELOPE_BYTES);
  return at + ENVELOPE_BYTES + length;
}

/** A message in an envelope. */
export function envelope(flags: number, message: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(ENVELOPE_BYTES + message.length);
  writeEnvelope(bytes, 0, flags, message);
  return bytes;
}

/** Whether a message of this size is compressed where a compression was agreed on. */
export function isWorthCompressing(message: Uint8Array): boolean {
  return message.length >= COMPRESS_FROM_BYTES;
}

/** A message, compressed, in an envelope that says so. */
export async function compressedEnvelope(flags: number, message: Uint8Array, with_: Compression): Promise<Uint8Array> {
  return envelope(flags | COMPRESSED, await with_.compress(message as Uint8Array<ArrayBuffer>));
}
