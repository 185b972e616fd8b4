import { expect, it } from "vitest";
import { decodeHuffman } from "./huffman.ts";

function decode(hex: string): string | undefined {
  const from = Buffer.from(hex, "hex");
  const to = Buffer.alloc(Math.ceil((from.length * 8) / 5));
  const length = decodeHuffman(from, 0, from.length, to);
  return length < 0 ? undefined : to.toString("latin1", 0, length);
}

it.each([
  ["f1e3c2e5f23a6ba0ab90f4ff", "www.example.com"],
  ["a8eb10649cbf", "no-cache"],
  ["25a849e95ba97d7f", "custom-key"],
  ["6402", "302"],
  ["9d29ad171863c78f0b97c8e9ae82ae43d3", "https://www.example.com"],
  ["", ""],
  // The longest codes, of 30 bits: LF (3ffffffc) and CR (3ffffffd), four of the one padding the other out.
  ["fffffff3ffffffcfffffff3ffffffc", "\n\n\n\n"],
  ["fffffff7ffffffdfffffff7ffffffd", "\r\r\r\r"],
  // 19 bits: "\\" (7fff0), then ones.
  ["fffe1f", "\\"],
])("decodes %s", (hex, text) => {
  expect(decode(hex)).toBe(text);
});

it.each([
  ["padding of 8 bits", "1fff"],
  ["padding of 11 bits", "ffff"],
  ["padding with a zero", "1e"],
  ["the end of the string", "ffffffff"],
  ["a code that does not end", "fe"],
])("does not decode %s", (_what, hex) => {
  expect(decode(hex)).toBeUndefined();
});

it("takes any padding of ones that is shorter than a byte", () => {
  // "0" has five bits, so that one to eight of them leave every number of bits over.
  for (let count = 1; count <= 8; count++) {
    const bits = "00000".repeat(count);
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
    const hex = (padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, "0"));
    expect(decode(hex.join(""))).toBe("0".repeat(count));
  }
});
