import fc from "fast-check";
import { expect, it } from "vitest";
import { hexDump } from "./hex-dump.ts";

it("shows sixteen bytes a line, and what of them is printable", () => {
  const bytes = new TextEncoder().encode("Hello, wire!\n\u00e9 abc");
  expect(hexDump(bytes)).toBe(
    [
      "00000000  48 65 6c 6c 6f 2c 20 77  69 72 65 21 0a c3 a9 20  Hello, wire!... ",
      "00000010  61 62 63                                          abc",
    ].join("\n"),
  );
});

it("shows nothing of nothing", () => {
  expect(hexDump(new Uint8Array())).toBe("");
});

it("shows every byte, in its place", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const lines = hexDump(bytes).split("\n");
      const read = lines.flatMap((line) => line.slice(10, 58).trim().split(/\s+/).filter(Boolean));
      expect(read.map((digits) => Number.parseInt(digits, 16))).toEqual([...bytes]);
    }),
  );
});
