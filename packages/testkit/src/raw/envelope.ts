/** A message in an envelope: flags, length, bytes. The length may claim something else than the truth. */
export function envelope(message: Uint8Array, flags = 0, length = message.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flags);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

/** The envelopes that a body is made of; throws where the last is cut short. */
export function readEnvelopes(body: Buffer): { readonly flags: number; readonly data: Buffer }[] {
  const envelopes: { flags: number; data: Buffer }[] = [];
  for (let at = 0; at < body.length; ) {
    if (body.length < at + 5) throw new Error(`an envelope must have a head: got ${body.length - at} bytes`);
    const end = at + 5 + body.readUInt32BE(at + 1);
    if (body.length < end) throw new Error(`an envelope must be whole: ${end - body.length} bytes are missing`);
    envelopes.push({ flags: body.readUInt8(at), data: body.subarray(at + 5, end) });
    at = end;
  }
  return envelopes;
}
