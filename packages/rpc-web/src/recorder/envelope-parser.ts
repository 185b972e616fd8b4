import type { FrameParser, ParsedFrame } from "./frame-parser.ts";
import { createKeptBytes } from "./kept-bytes.ts";

const PREFIX_LENGTH = 5;

/**
 * Parses envelopes, each a flag byte, the length as four bytes (the highest first) and the payload, of which the first
 * `keep` bytes are kept. However long an envelope says that it is, memory grows only with what arrives. What arrives whole is copied once.
 */
export function createEnvelopeParser(keep: number): FrameParser {
  let prefix = createKeptBytes(PREFIX_LENGTH);
  let payload = createKeptBytes(keep);
  const takeFrame = (incomplete: boolean): ParsedFrame => {
    const head = prefix.take();
    const frame = { flag: head[0], length: lengthAt(head, 0), payload: payload.take(), incomplete };
    prefix = createKeptBytes(PREFIX_LENGTH);
    payload = createKeptBytes(keep);
    return frame;
  };
  /** The envelope that begins there, where all of it is there. */
  const wholeFrame = (bytes: Uint8Array, at: number): ParsedFrame | undefined => {
    const start = at + PREFIX_LENGTH;
    if (prefix.length > 0 || bytes.length < start) return undefined;
    const length = lengthAt(bytes, at);
    if (bytes.length - start < length) return undefined;
    const payload = bytes.slice(start, start + Math.min(length, keep));
    return { flag: bytes[at], length, payload, incomplete: false };
  };
  return {
    get held() {
      return payload.held;
    },
    push(bytes) {
      const frames: ParsedFrame[] = [];
      let at = 0;
      while (at < bytes.length) {
        const whole = wholeFrame(bytes, at);
        if (whole !== undefined) {
          frames.push(whole);
          at += PREFIX_LENGTH + whole.length;
          continue;
        }
        const prefixEnd = at + PREFIX_LENGTH - prefix.length;
        prefix.add(bytes.subarray(at, prefixEnd));
        at = Math.min(prefixEnd, bytes.length);
        if (prefix.length < PREFIX_LENGTH) break;
        const length = lengthAt(prefix.take(), 0);
        const payloadEnd = at + length - payload.length;
        payload.add(bytes.subarray(at, payloadEnd));
        at = Math.min(payloadEnd, bytes.length);
        if (payload.length === length) frames.push(takeFrame(false));
      }
      return frames;
    },
    end() {
      if (prefix.length === PREFIX_LENGTH) return [takeFrame(true)];
      if (prefix.length === 0) return [];
      // Not even the prefix is whole, so nothing in it can be read.
      return [{ flag: undefined, length: prefix.length, payload: prefix.take(), incomplete: true }];
    },
  };
}

// Without a view or an object of its own: many messages may come in one chunk.
function lengthAt(bytes: Uint8Array, at: number): number {
  const byte = (index: number) => bytes[at + index] ?? 0;
  return byte(1) * 0x1_00_00_00 + ((byte(2) << 16) | (byte(3) << 8) | byte(4));
}
