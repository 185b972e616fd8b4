import type { FrameParser, ParsedFrame } from "./frame-parser.ts";
import { createKeptBytes } from "./kept-bytes.ts";

const PREFIX_LENGTH = 5;

/**
 * Parses envelopes, each a flag byte, the length as four bytes (the highest first) and the payload, of which the first
 * `keep` bytes are kept. However long an envelope says that it is, memory grows only with what arrives.
 */
export function createEnvelopeParser(keep: number): FrameParser {
  let prefix = createKeptBytes(PREFIX_LENGTH);
  let payload = createKeptBytes(keep);
  const readPrefix = () => {
    const bytes = prefix.take();
    return { flag: bytes[0] ?? 0, length: new DataView(bytes.buffer).getUint32(1) };
  };
  const takeFrame = (incomplete: boolean): ParsedFrame => {
    const frame = { ...readPrefix(), payload: payload.take(), incomplete };
    prefix = createKeptBytes(PREFIX_LENGTH);
    payload = createKeptBytes(keep);
    return frame;
  };
  return {
    push(bytes) {
      const frames: ParsedFrame[] = [];
      let at = 0;
      while (at < bytes.length) {
        const prefixEnd = at + PREFIX_LENGTH - prefix.length;
        prefix.add(bytes.subarray(at, prefixEnd));
        at = Math.min(prefixEnd, bytes.length);
        if (prefix.length < PREFIX_LENGTH) break;
        const { length } = readPrefix();
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
