import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../../../domain/errors.ts";
import { Meter } from "../meter.ts";
import { linesNow, outcomeOf } from "../testing/evaluate-now.ts";

/** The values of the lines that have one, and what is wrong with the others. */
function resultsOf(lines: readonly string[], digits = 0, meter?: Meter): string[] {
  return linesNow(lines, digits, meter).map(({ result }) => {
    if (result.kind === "value") return `${result.value.exact ? "=" : "≈"} ${result.value.text}`;
    return result.kind === "function" ? `of ${result.parameter}` : result.failure.description;
  });
}

describe("lines", () => {
  it("know what the lines before them named, whatever the case", () => {
    expect(resultsOf(["price = 12.50", "Count = 3", "PRICE * count"])).toEqual(["= 12.5", "= 3", "= 37.5"]);
  });

  it("stay exact between one another, where the digits that are shown would not", () => {
    expect(resultsOf(["third = 1/3", "third * 3"], 5)).toEqual(["≈ 0.33333", "= 1"]);
  });

  it("get as many digits of an inexact number as they need", () => {
    expect(resultsOf(["root = sqrt(2)", "root^2 - 2", "(root - 1.4142) * 1e30"], 5)).toEqual([
      "≈ 1.4142",
      "≈ 0",
      "≈ 1.3562e+25",
    ]);
    expect(resultsOf(["a = exp(1e-300)", "b = a - 1", "b * 1e300"], 5)).toEqual(["≈ 1", "≈ 1e-300", "≈ 1"]);
  });

  it("may name something again, by what it was before", () => {
    expect(resultsOf(["n = 1", "n = n + 1", "n = n * 10", "n"])).toEqual(["= 1", "= 2", "= 20", "= 20"]);
  });

  it("have the value of the last expression as ans", () => {
    expect(resultsOf(["1/3", "", "# thirds", "ans * 3", "x = ans + 1", "ans"])).toEqual([
      "≈ 0.3333333333333333333333333333333333",
      "= 1",
      "= 2",
      "= 2",
    ]);
  });

  it("are numbered as they stand, blank ones and comments too", () => {
    expect(linesNow(["", "1", "# two", "b = 2"]).map(({ line, name }) => [line, name])).toEqual([
      [2, undefined],
      [4, "b"],
    ]);
  });
});

describe("functions", () => {
  it("are called with what stands in their parentheses", () => {
    expect(resultsOf(["f(x) = x^2 + 1", "f(3)", "f(f(1/3)) * 81", "2 * f(2)!"])).toEqual([
      "of x",
      "= 10",
      "= 181",
      "= 240",
    ]);
  });

  it("use the names before them as they were, and their parameter before all", () => {
    expect(resultsOf(["x = 5", "a = 2", "g(x) = a * x", "a = 100", "g(3)", "x"])).toEqual([
      "= 5",
      "= 2",
      "of x",
      "= 100",
      "= 6",
      "= 5",
    ]);
  });

  it("get as many digits of their argument as they need", () => {
    expect(resultsOf(["f(x) = x^2 - 2", "f(sqrt(2))", "f(f(sqrt(2)) + 2)"], 5)).toEqual(["of x", "≈ 0", "≈ 2"]);
  });

  it("say where they are called when they have no value there", () => {
    expect(resultsOf(["f(x) = 1/x", "2 + f(0)", "g(x) = f(x-1)", "g(1)"])).toEqual([
      "of x",
      'f at position 4: "/" must not divide by zero',
      "of x",
      'g at position 0: f: "/" must not divide by zero',
    ]);
  });

  it("do not know themselves", () => {
    expect(resultsOf(["f(x) = f(x - 1)"])).toEqual(['"f" at position 7 is not defined']);
  });

  it("may follow one another as far as lines go", () => {
    const chain = Array.from({ length: 198 }, (_, index) => `f${index + 1}(x) = f${index}(x) + 1`);
    expect(resultsOf(["f0(x) = sqrt(x)", ...chain, "f198(4)"]).at(-1)).toBe("= 200");
  });
});

describe("a line that fails", () => {
  it.each([
    ["2+*3", 'expected a number, "(" or a function at position 2: got "*"'],
    ["a = 1/0", '"/" at position 5 must not divide by zero'],
    ["1 + nothing", '"nothing" at position 4 is not defined'],
    ["ans", '"ans" at position 0 has no value before the first expression'],
    ["pi = 3", 'expected a name that the calculator does not have at position 0: got "pi"'],
    ["ans = 3", 'expected a name that the calculator does not have at position 0: got "ans"'],
    ["max(x) = x", 'expected a name that the calculator does not have at position 0: got "max"'],
    ["f(e) = e", 'expected a name that the calculator does not have at position 0: got "e"'],
    ["a =  # later", "expected an expression at position 5: got the end"],
    ["1 = 2", 'expected an operator or the end at position 2: got "="'],
    ["9^9^9^9", "the result is too large to hold"],
  ])("says why: %s", (line, description) => {
    expect(resultsOf([line])).toEqual([description]);
  });

  it("leaves the others alone, and its name without a value", () => {
    expect(resultsOf(["a = 1", "a = 1/0", "a + 1", "ans + 1", "2"])).toEqual([
      "= 1",
      '"/" at position 5 must not divide by zero',
      '"a" at position 0 has no value, because line 2 has none',
      '"ans" at position 0 has no value, because line 3 has none',
      "= 2",
    ]);
  });

  it("for want of work leaves it to lines that take less", () => {
    const [first, second] = linesNow(["16000!", "2"], 0, new Meter(500));
    expect(first?.result).toMatchObject({ kind: "failure", failure: { kind: "too much work" } });
    expect(second?.result).toMatchObject({ kind: "value", value: { text: "2" } });
  });
});

describe("the bounds of a notebook", () => {
  it.each([
    [Array.from({ length: 201 }, () => "1"), "lines must be at most 200 lines: got 201"],
    [["1".repeat(10_000), "1".repeat(10_001)], "lines must be at most 20,000 characters together: got 20001"],
  ])("reject what is beyond them", (lines, message) => {
    const outcome = outcomeOf(() => linesNow(lines));
    expect(outcome).toBeInstanceOf(InvalidInput);
    expect(outcome).toMatchObject({ message });
  });

  it("let a notebook be as large as they say", () => {
    const lines = Array.from({ length: 200 }, () => "1".padEnd(100));
    expect(resultsOf(lines)).toHaveLength(200);
  });
});
