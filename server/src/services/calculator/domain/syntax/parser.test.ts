import { describe, expect, it } from "vitest";
import { InvalidInput, TooMuchWork } from "../../../../domain/errors.ts";
import { Meter } from "../meter.ts";
import { outcomeOf, workNow } from "../testing/evaluate-now.ts";
import { parse } from "./parser.ts";

const parseNow = (expression: string) => workNow(parse(expression, new Meter()));

describe("a syntax error", () => {
  it.each([
    ["2+*3", 'expected a number, "(" or a function at position 2: got "*"'],
    ["2+", 'expected a number, "(" or a function at position 2: got the end'],
    ["()", 'expected a number, "(" or a function at position 1: got ")"'],
    ["max(1,)", 'expected a number, "(" or a function at position 6: got ")"'],
    ["  foo(1)", 'expected a number, "(" or a function at position 2: got "foo"'],
    ["@", 'expected a number, "(" or a function at position 0: got "@"'],
    ["1 + 😀", 'expected a number, "(" or a function at position 4: got "😀"'],
    ["1\\2", 'expected an operator or the end at position 1: got "\\\\"'],
    ["1+\u0007", 'expected a number, "(" or a function at position 2: got U+0007 bell'],
    ["1\u200b+2", "expected an operator or the end at position 1: got U+200B zero width space"],
    ["1\u00ad2", "expected an operator or the end at position 1: got U+00AD soft hyphen"],
    ["1+\ud83d", 'expected a number, "(" or a function at position 2: got U+D83D lone surrogate'],
    ["2 3", 'expected an operator or the end at position 2: got "3"'],
    ["2pi", 'expected an operator or the end at position 1: got "pi"'],
    ["1.2.3", 'expected an operator or the end at position 3: got ".3"'],
    ["1)", 'expected an operator or the end at position 1: got ")"'],
    ["1,2", 'expected an operator or the end at position 1: got ","'],
    ["(1,2)", 'expected an operator or ")" at position 2: got ","'],
    ["(1", 'expected an operator or ")" at position 2: got the end'],
    ["sqrt(1,2)", 'expected an operator or ")" at position 6: got ","'],
    ["round(1,2,3)", 'expected an operator or ")" at position 9: got ","'],
    ["round(1", 'expected an operator, "," or ")" at position 7: got the end'],
    ["min(1,2,(3)", 'expected an operator, "," or ")" at position 11: got the end'],
    ["sqrt 4", 'expected "(" after sqrt at position 5: got "4"'],
    ["", "must not be empty"],
    [" \t\n", "must not be empty"],
  ])("in %j says what was expected and where", (expression, description) => {
    const error = outcomeOf(() => parseNow(expression));
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ violations: [{ field: "expression", description }] });
  });
});

describe("a long expression", () => {
  it("is refused above 10,000 characters", () => {
    const error = outcomeOf(() => parseNow(`${"1+".repeat(5_000)}1`));
    expect(error).toMatchObject({ message: "expression must be at most 10,000 characters: got 10001" });
  });

  it("is not repeated in an error", () => {
    const error = outcomeOf(() => parseNow(`1+${"x".repeat(500)}`));
    expect(error).toMatchObject({ message: expect.stringMatching(/at position 2: got "x{20}"…$/u) });
  });
});

describe("nesting", () => {
  it("goes a thousand deep", () => {
    expect(parseNow(`${"(".repeat(1_000)}1${")".repeat(1_000)}`).nodes).toHaveLength(1);
  });

  it.each([
    ["ten thousand that are never closed", "(".repeat(10_000)],
    ["ten thousand that are", `${"(".repeat(10_000)}1${")".repeat(10_000)}`],
    ["calls", `${"abs(".repeat(1_001)}1${")".repeat(1_001)}`],
  ])("refuses %s as too much work", (_, expression) => {
    expect(outcomeOf(() => parseNow(expression))).toBeInstanceOf(TooMuchWork);
  });

  it("does not count signs, powers and factorials", () => {
    const { nodes } = parseNow(`${"-".repeat(3_999)}2${"!".repeat(2_000)}${"^1".repeat(2_000)}`);
    expect(nodes).toHaveLength(3_999 + 1 + 2_000 + 2 * 2_000);
  });
});

describe("parse", () => {
  it("lists nodes after their operands and knows where they are, with the parentheses around them", () => {
    expect(parseNow("  -(1 + 2)*e ")).toMatchObject({
      text: "-(1 + 2)*e",
      offset: 2,
      nodes: [
        { kind: "number", start: 2, end: 3, first: 0 },
        { kind: "number", start: 6, end: 7, first: 1 },
        { operation: "+", operands: [0, 1], position: 4, start: 1, end: 8, first: 0 },
        { operation: "negate", operands: [2], position: 0, start: 0, end: 8, first: 0 },
        { kind: "constant", name: "e", start: 9, end: 10, first: 4 },
        { operation: "*", operands: [3, 4], position: 8, start: 0, end: 10, first: 0 },
      ],
    });
  });
});
