import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBase64Decoder, MalformedBase64 } from "./base64-decoder.ts";

/** Decodes text that comes in chunks of the given lengths, repeated, as a client's network may cut it. */
function decode(text: string, lengths: readonly number[] = [text.length]): Buffer {
  const decoder = createBase64Decoder();
  const chunks: Uint8Array[] = [];
  for (let start = 0, turn = 0; start < text.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    chunks.push(Buffer.from(decoder.decode(Buffer.from(text.slice(start, start + length), "latin1"))));
    start += length;
  }
  decoder.finish();
  return Buffer.concat(chunks);
}

const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

describe("the base64 decoder", () => {
  it("reads what was written, cut anywhere, in one padded run or in many", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), lengths, (runs, cuts) => {
        expect(decode(runs.map(base64).join(""), cuts)).toEqual(Buffer.concat(runs));
      }),
    );
  });

  it("accepts a text if and only if it is made of padded groups of 4 characters", () => {
    const character = fc.constantFrom(..."AQgw+/0z==-_ \n");
    const text = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(""));
    const padded = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)*$/;
    const accepts = (input: string) => {
      try {
        decode(input);
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedBase64);
        return false;
      }
    };
    fc.assert(
      fc.property(text, (input) => {
        expect(accepts(input)).toBe(padded.test(input));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ["AAA", "base64 must come in groups of 4 characters: got 3 at the end"],
    ["AAAAA", "base64 must come in groups of 4 characters: got 1 at the end"],
    ["AA=", "base64 must come in groups of 4 characters: got 3 at the end"],
    ["A===", 'base64 must have "=" only at the end of a group of 4 characters'],
    ["=AAA", 'base64 must have "=" only at the end of a group of 4 characters'],
    ["AA=A", 'base64 must have "=" only at the end of a group of 4 characters'],
    ["AA-_", 'base64 must have A to Z, a to z, 0 to 9, "+" and "/": got byte 45'],
    ["AAAA\r\n", 'base64 must have A to Z, a to z, 0 to 9, "+" and "/": got byte 13'],
  ])("rejects %j", (text, message) => {
    expect(() => decode(text)).toThrow(new MalformedBase64(message));
  });
});
