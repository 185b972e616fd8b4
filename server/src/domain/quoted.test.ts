import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoted } from "./quoted.ts";

describe("quoted", () => {
  it.each([
    ["", '""'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ["a\u00a0b\u202ec\u200b", '"a\\u00a0b\\u202ec\\u200b"'],
    ["\u{e0041}", '"\\udb40\\udc41"'],
    ["x".repeat(30), `"${"x".repeat(30)}"`],
    ["x".repeat(31), `"${"x".repeat(30)}"…`],
    ["😀".repeat(30), `"${"😀".repeat(30)}"`],
    ["😀".repeat(31), `"${"😀".repeat(30)}"…`],
  ])("shows %j as %s", (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });

  it("never cuts a character in two, and is JSON of the text where that is short", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        expect(quoted(text).isWellFormed()).toBe(true);
        expect(JSON.parse(quoted(text, 100))).toBe(text);
      }),
    );
  });
});
