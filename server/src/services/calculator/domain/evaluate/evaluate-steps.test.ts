import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, TooMuchWork } from "../../../../domain/errors.ts";
import { Meter } from "../meter.ts";
import { evaluateNow, outcomeOf, stepsNow } from "../testing/evaluate-now.ts";
import { evaluateSteps } from "./evaluate-steps.ts";

/** The expression before the first step, and after each. */
function texts(expression: string, digits = 5): string[] {
  const steps = stepsNow(expression, digits);
  return [steps[0]?.expression ?? "", ...steps.map(({ result }) => result)];
}

describe("the steps", () => {
  it.each([
    ["1 + 2*3", ["1 + 2*3", "1 + 6", "7"]],
    ["(1+2)*3", ["(1+2)*3", "3*3", "9"]],
    ["2*((1-4))", ["2*((1-4))", "2*(-3)", "-6"]],
    ["(1-3)^2", ["(1-3)^2", "(-2)^2", "4"]],
    ["1-3+1", ["1-3+1", "-2+1", "-1"]],
    ["max(1-3, 4/2)", ["max(1-3, 4/2)", "max(-2, 4/2)", "max(-2, 2)", "2"]],
    ["3!!", ["3!!", "6!", "720"]],
    ["2^3^2", ["2^3^2", "2^9", "512"]],
    ["2*-(1+2)", ["2*-(1+2)", "2*-3", "-6"]],
    ["-(1-4)", ["-(1-4)", "-(-3)", "3"]],
    ["-(1+2)", ["-(1+2)", "-3"]],
    ["- (1+2)", ["- (1+2)", "- 3", "-3"]],
    ["+(1+2)", ["+(1+2)", "+3", "3"]],
    ["1/3*3", ["1/3*3", "0.33333*3", "1"]],
    ["2 * pi", ["2 * pi", "2 * 3.1416", "6.2832"]],
    ["sqrt(4)+-1", ["sqrt(4)+-1", "2+-1", "1"]],
    ["2 × (1 − 3)", ["2 × (1 − 3)", "2 × (-2)", "-4"]],
    ["1e30*(2*3)", ["1e30*(2*3)", "1e30*6", "6e+30"]],
    ["  1+1  ", ["1+1", "2"]],
  ])("of %j", (expression, expected) => {
    expect(texts(expression)).toEqual(expected);
  });

  it.each([
    ["1.50", "1.5"],
    ["7", "7"],
    ["((7))", "7"],
    ["-0.0", "0"],
    ["-5", "-5"],
    ["--5", "5"],
    ["1e3", "1000"],
  ])("of the number %s alone are one", (expression, result) => {
    expect(texts(expression)).toEqual([expression, result]);
  });

  it("tell which range is reduced, to what, and whether that is exact", () => {
    expect(stepsNow("10-(2/3)*6", 5)).toEqual([
      { expression: "10-(2/3)*6", start: 3, end: 8, value: { text: "0.66667", exact: false }, result: "10-0.66667*6" },
      { expression: "10-0.66667*6", start: 3, end: 12, value: { text: "4", exact: true }, result: "10-4" },
      { expression: "10-4", start: 0, end: 4, value: { text: "6", exact: true }, result: "6" },
    ]);
  });

  it("before the failing one come first", () => {
    const steps = evaluateSteps("(1+1)/(2-2)", 0);
    expect(steps.next().value).toMatchObject({ result: "2/(2-2)" });
    expect(steps.next().value).toMatchObject({ result: "2/0" });
    expect(outcomeOf(() => steps.next())).toBeInstanceOf(InvalidInput);
  });

  it("are computed one at a time", () => {
    const meter = new Meter();
    const steps = evaluateSteps("1+1+10000!", 0, meter);
    steps.next();
    const spent = meter.spent;
    steps.next();
    expect(meter.spent).toBeGreaterThan(spent + 1_000);
  });

  it("end when their texts are too long together", () => {
    expect(outcomeOf(() => stepsNow(`0${"+pi".repeat(3_000)}`, 1_000))).toBeInstanceOf(TooMuchWork);
  });
});

describe("evaluateSteps", () => {
  const { expression } = fc.letrec<{ expression: string; binary: string; call: string; postfix: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.constantFrom("1", "2", "0.5", "3", "pi", " 10 ", "(4)", "-1"),
      tie("binary"),
      tie("call"),
      tie("postfix"),
    ),
    binary: fc
      .tuple(tie("expression"), fc.constantFrom("+", "-", " * ", "/", "%"), tie("expression"))
      .map(([a, operator, b]) => `${a}${operator}${b}`),
    call: fc
      .tuple(fc.constantFrom("", "-", "+", "sqrt", "abs", "floor", "exp", "max"), tie("expression"))
      .map(([name, argument]) => `${name}(${argument})`),
    postfix: fc.tuple(tie("expression"), fc.constantFrom("^2", "^(-1)", "!")).map(([a, b]) => `(${a})${b}`),
  }));

  it("ends with what evaluate gives, each step going on where the one before ended", () => {
    fc.assert(
      fc.property(expression, (text) => {
        const whole = outcomeOf(() => evaluateNow(text, 12));
        fc.pre("text" in whole);
        const steps = stepsNow(text, 12);
        expect(steps.at(-1)).toMatchObject({ value: { exact: whole.exact }, result: whole.text });
        expect(steps.map(({ expression }) => expression)).toEqual([
          text.trim(),
          ...steps.slice(0, -1).map(({ result }) => result),
        ]);
        expect(steps.every((step) => [step.value.text, `(${step.value.text})`].includes(replacementOf(step)))).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  it("shows texts that mean the same at every exact step", () => {
    fc.assert(
      fc.property(expression, (text) => {
        const whole = outcomeOf(() => evaluateNow(text, 12));
        fc.pre("text" in whole && whole.exact);
        const steps = stepsNow(text, 12);
        fc.pre(steps.every(({ value }) => value.exact));
        expect(steps.map(({ result }) => evaluateNow(result, 12))).toEqual(steps.map(() => whole));
      }),
      { numRuns: 500 },
    );
  });
});

function replacementOf({
  expression,
  start,
  end,
  result,
}: {
  expression: string;
  start: number;
  end: number;
  result: string;
}) {
  return result.slice(start, result.length - (expression.length - end));
}
