import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCharacters, quoted } from "./text.ts";

describe("countCharacters", () => {
  it("counts code points", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => countCharacters(text) === [...text].length));
  });
});

describe("quoted", () => {
  it.each([
    ["", '""'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ["x".repeat(30), `"${"x".repeat(30)}"`],
    ["x".repeat(31), `"${"x".repeat(30)}"…`],
    ["😀".repeat(30), `"${"😀".repeat(30)}"`],
    ["😀".repeat(31), `"${"😀".repeat(30)}"…`],
  ])("shows %j as %s", (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });

  it("never cuts a character in two", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => quoted(text).isWellFormed()));
  });
});
