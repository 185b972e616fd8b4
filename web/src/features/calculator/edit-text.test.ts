import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erasure, insertion, type TextEdit } from "./edit-text.ts";

function edited(text: string, edit: TextEdit): string {
  return `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`;
}

describe("an insertion", () => {
  it.each([
    ["at the caret", "12", 1, 1, "+", "1+2"],
    ["in the place of what is selected", "1+2", 1, 2, "*", "1*2"],
    ["a function before nothing", "", 0, 0, "sqrt(", "sqrt("],
    ["a function around what is selected", "1+16", 2, 4, "sqrt(", "1+sqrt(16)"],
  ])("puts text %s", (_name, text, start, end, inserted, expected) => {
    expect(edited(text, insertion(text, start, end, inserted))).toBe(expected);
  });
});

describe("an erasure", () => {
  it.each([
    ["what stands before the caret", "123", 2, 2, "13"],
    ["what is selected", "123", 0, 2, "3"],
    ["a function with its parenthesis", "1+sqrt(", 7, 7, "1+"],
    ["a character of two code units at once", "1𝟚", 3, 3, "1"],
    ["nothing at the start", "12", 0, 0, "12"],
  ])("removes %s", (_name, text, start, end, expected) => {
    expect(edited(text, erasure(text, start, end))).toBe(expected);
  });

  it("undoes an insertion", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9+*()]{0,20}$/),
        fc.nat(20),
        fc.constantFrom("7", "+", "sqrt("),
        (text, at, key) => {
          const start = Math.min(at, text.length);
          const longer = edited(text, insertion(text, start, start, key));
          const caret = start + key.length;
          expect(edited(longer, erasure(longer, caret, caret))).toBe(text);
        },
      ),
    );
  });
});
