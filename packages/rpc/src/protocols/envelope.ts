import type { Compression } from "@connectrpc/connect/protocol";

/** The five bytes before a message: one of flags, four of length. */
export const ENVELOPE_BYTES = 5;
/** The flag of a compressed message. */
export const COMPRESSED = 1;

/** What goes into an envelope. */
export interface Envelope {
  readonly flags: number;
  readonly data: Uint8Array;
}

/** The message of a body that is one envelope without flags and nothing else; undefined for any other body. */
export function onlyMessage(body: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const length = body.length - ENVELOPE_BYTES;
  if (length < 0 || length > maxBytes || body[0] !== 0) return undefined;
  return declaredLength(body) === length ? body.subarray(ENVELOPE_BYTES) : undefined;
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
function writeEnvelope(into: Uint8Array, at: number, flags: number, message: Uint8Array): number {
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

/** Several messages in their envelopes, one behind the other. */
export function joinEnvelopes(envelopes: readonly Envelope[]): Uint8Array {
  let length = 0;
  for (const { data } of envelopes) length += ENVELOPE_BYTES + data.length;
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const { flags, data } of envelopes) at = writeEnvelope(bytes, at, flags, data);
  return bytes;
}

/** The same envelope with its message compressed, where a compression was agreed on and the message is worth it. */
export async function compressEnvelope(
  { flags, data }: Envelope,
  compression: Compression | undefined,
  minBytes: number,
): Promise<Envelope> {
  if (compression === undefined || data.length < minBytes) return { flags, data };
  return { flags: flags | COMPRESSED, data: await compression.compress(data as Uint8Array<ArrayBuffer>) };
}
