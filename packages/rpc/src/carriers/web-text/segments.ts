import { type Envelope, envelope } from "../../protocols/envelope.ts";

/** Each envelope as a run of base64 of its own, padded: a client decodes only what is complete. */
export function encodeSegments(envelopes: readonly Envelope[]): Uint8Array {
  const text = envelopes.map(({ flags, data }) => Buffer.from(envelope(flags, data)).toString("base64")).join("");
  return Buffer.from(text, "latin1");
}
