import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eraseText, insertText, longestExpression } from "./edit-text.ts";

describe("insertText", () => {
  test.each([
    ["at the caret", "12", 1, 1, "+", { text: "1+2", caret: 2 }],
    ["in the place of what is selected", "1+2", 1, 2, "*", { text: "1*2", caret: 2 }],
    ["a function before nothing", "", 0, 0, "sqrt(", { text: "sqrt(", caret: 5 }],
    ["a function around what is selected", "1+16", 2, 4, "sqrt(", { text: "1+sqrt(16)", caret: 10 }],
  ])("puts text %s", (_name, text, start, end, inserted, expected) => {
    expect(insertText(text, start, end, inserted)).toEqual(expected);
  });

  test("changes nothing where the whole would be too long", () => {
    const text = "1".repeat(longestExpression);
    expect(insertText(text, 3, 3, "+")).toEqual({ text, caret: 3 });
  });
});

describe("eraseText", () => {
  test.each([
    ["what stands before the caret", "123", 2, 2, { text: "13", caret: 1 }],
    ["what is selected", "123", 0, 2, { text: "3", caret: 0 }],
    ["a function with its parenthesis", "1+sqrt(", 7, 7, { text: "1+", caret: 2 }],
    ["a character of two code units at once", "1𝟚", 3, 3, { text: "1", caret: 1 }],
    ["nothing at the start", "12", 0, 0, { text: "12", caret: 0 }],
  ])("removes %s", (_name, text, start, end, expected) => {
    expect(eraseText(text, start, end)).toEqual(expected);
  });

  test("undoes an insertion", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9+*()]{0,20}$/),
        fc.nat(20),
        fc.constantFrom("7", "+", "sqrt("),
        (text, at, key) => {
          const start = Math.min(at, text.length);
          const { text: longer, caret } = insertText(text, start, start, key);
          expect(eraseText(longer, caret, caret)).toEqual({ text, caret: start });
        },
      ),
    );
  });
});
