import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../../domain/errors.ts";
import { checkName, nameViolation } from "./name.ts";

describe("nameViolation", () => {
  it.each([
    "A",
    "Ada Lovelace",
    " Ada ",
    "山田太郎",
    "محمد",
    "Zoë 🙂",
    "x".repeat(200),
    "𝒳".repeat(200),
    "👩‍👩‍👧‍👦",
    "\u200fעדה",
    "نمی\u200cدانم",
  ])("takes %j", (name) => {
    expect(nameViolation(name)).toBeUndefined();
  });

  it.each([
    ["", "must have 1 to 200 characters: got none"],
    [" ", "must have 1 to 200 characters, one of them visible: got only blanks"],
    ["\u3000\u00a0\u2003", "must have 1 to 200 characters, one of them visible: got only blanks"],
    ["\u200b\ufeff\u2060", "must have 1 to 200 characters, one of them visible: got only blanks"],
    ["x".repeat(201), "must have 1 to 200 characters: got more than 200"],
    ["𝒳".repeat(201), "must have 1 to 200 characters: got more than 200"],
    ["x".repeat(1_000_000), "must have 1 to 200 characters: got more than 200"],
    ["Ada\n", "must have no control characters: got U+000A line feed at index 3"],
    ["\u0000", "must have no control characters: got U+0000 null at index 0"],
    ["A\u0085", "must have no control characters: got U+0085 next line at index 1"],
    ["Ada\ud83d", "must be well-formed Unicode: got U+D83D lone surrogate at index 3"],
    ["a\u2028b", "must be one line: got U+2028 line separator at index 1"],
    ["\u202eadA", "must not turn the direction of writing: got U+202E right-to-left override at index 0"],
  ])("refuses %j", (name, description) => {
    expect(nameViolation(name)).toEqual({ field: "name", description });
  });

  it("takes every line of 1 to 200 code points with a letter or digit", () => {
    // Among graphemes are U+2028 and U+2029, which begin another line.
    const lines = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 40 });
    const names = lines.filter(
      (name) => [...name].length <= 200 && /[\p{L}\p{N}]/u.test(name) && !/[\p{Zl}\p{Zp}]/u.test(name),
    );
    fc.assert(fc.property(names, (name) => nameViolation(name) === undefined));
  });

  it("never shows the name, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (name) => {
        expect((nameViolation(name)?.description ?? "").length).toBeLessThan(100);
      }),
    );
  });
});

describe("checkName", () => {
  it("raises InvalidInput for the field name", () => {
    expect(() => checkName("")).toThrow(
      new InvalidInput({ field: "name", description: "must have 1 to 200 characters: got none" }),
    );
  });

  it("lets a name pass", () => expect(() => checkName("Ada")).not.toThrow());
});
