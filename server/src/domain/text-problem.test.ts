import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textProblem } from "./text-problem.ts";

describe("textProblem", () => {
  it.each([
    ["a\u0000", "must have no control characters: got U+0000 null at index 1"],
    ["\u001b[31m", "must have no control characters: got U+001B escape at index 0"],
    ["🙂\u0085", "must have no control characters: got U+0085 next line at index 2"],
    ["a\ud83d", "must be well-formed Unicode: got U+D83D lone surrogate at index 1"],
    ["\udc00a", "must be well-formed Unicode: got U+DC00 lone surrogate at index 0"],
    ["a\ufffe", "must have no noncharacters: got U+FFFE noncharacter at index 1"],
    ["a\u202eb", "must not turn the direction of writing: got U+202E right-to-left override at index 1"],
    ["\u2067a\u2069", "must not turn the direction of writing: got U+2067 right-to-left isolate at index 0"],
  ])("refuses %j in one line and in lines", (text, problem) => {
    expect(textProblem(text, "line")).toBe(problem);
    expect(textProblem(text, "lines")).toBe(problem);
  });

  it.each([
    ["a\nb", "must have no control characters: got U+000A line feed at index 1"],
    ["\ta", "must have no control characters: got U+0009 tab at index 0"],
    ["a\u2028b", "must be one line: got U+2028 line separator at index 1"],
  ])("refuses %j in one line only", (text, problem) => {
    expect(textProblem(text, "line")).toBe(problem);
    expect(textProblem(text, "lines")).toBeUndefined();
  });

  it.each(["", "Ada", "Zoë 🙂", "👩‍👩‍👧‍👦", "محمد", "نمی\u200cدانم", "\u200fעדה", "a\u00a0b", "\\"])(
    "takes %j",
    (text) => {
      expect(textProblem(text, "line")).toBeUndefined();
      expect(textProblem(text, "lines")).toBeUndefined();
    },
  );

  it("takes a text only where it is well-formed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(textProblem(text, "lines") !== undefined || text.isWellFormed()).toBe(true);
      }),
    );
  });
});
