import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../../domain/errors.ts";
import { Meter, SLICE_BUDGET, WORK_BUDGET } from "../meter.ts";
import { evaluateNow, linesNow, outcomeOf } from "../testing/evaluate-now.ts";
import { decimalFromRational, decimalFromText, type Rational } from "../testing/oracle.ts";
import { evaluateLines } from "./evaluate-lines.ts";

/** One step of a notebook: the line before it, an operator, and a whole number. */
const step = fc.record({
  operator: fc.constantFrom("+", "-", "*", "/"),
  operand: fc.bigInt({ min: 1n, max: 10n ** 9n }),
});

function applied({ numerator, denominator }: Rational, operator: string, operand: bigint): Rational {
  if (operator === "+") return { numerator: numerator + operand * denominator, denominator };
  if (operator === "-") return { numerator: numerator - operand * denominator, denominator };
  if (operator === "*") return { numerator: numerator * operand, denominator };
  return { numerator, denominator: denominator * operand };
}

describe("a notebook", () => {
  it("agrees with plain rational arithmetic from line to line", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom("ans", "v"), (steps, before) => {
        const lines = ["v = 1", ...steps.map(({ operator, operand }) => `v = ${before} ${operator} ${operand}`)];
        let value: Rational = { numerator: 1n, denominator: 1n };
        const expected = [value, ...steps.map((at) => (value = applied(value, at.operator, at.operand)))];
        const results = linesNow(lines).map(({ result }) =>
          result.kind === "value" ? decimalFromText(result.value.text, result.value.exact) : result,
        );
        expect(results).toEqual(expected.map((rational) => decimalFromRational(rational, 34)));
      }),
      { numRuns: 100 },
    );
  });

  it("comes to what one expression with everything in its place comes to", () => {
    const part = fc.constantFrom("sqrt(2)", "pi", "1/7", "exp(1/3)", "ln(10)", "2^0.5");
    fc.assert(
      fc.property(part, part, fc.constantFrom(1, 5, 34), (a, b, digits) => {
        const lines = [`a = ${a}`, `b = ${b} - a`, "f(x) = x * (a + b) - b^2", "f(b)"];
        const [inA, inB] = [`(${a})`, `(${b} - (${a}))`];
        const last = linesNow(lines, digits).at(-1)?.result;
        const whole = evaluateNow(`${inB} * (${inA} + ${inB}) - ${inB}^2`, digits);
        expect(last).toEqual({ kind: "value", value: whole });
      }),
      { numRuns: 100 },
    );
  });

  it("throws nothing but domain errors, whatever its lines are", () => {
    const piece = fc.constantFrom(..."0123456789.+-*/%^!(), =#abfx".split(""), "ans", "f(x)=", "a=", "sqrt(", "f(");
    const line = fc.oneof(fc.string(), fc.string({ unit: piece, maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const outcome = outcomeOf(() => linesNow(lines, 20));
        expect(outcome instanceof DomainError || Array.isArray(outcome)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("ends within the budget, and lets no slice do much more than its share", () => {
    const seed = fc.constantFrom("sqrt(x)", "1/x", "x^2", "exp(1/x)", "x+x", "1000!*x");
    const growth = fc.constantFrom("f(f(x))", "f(x)+f(x)", "f(x)*f(1/3)", "max(f(x),f(2*x))");
    fc.assert(
      fc.property(seed, growth, fc.integer({ min: 1, max: 60 }), (first, next, times) => {
        const meter = new Meter();
        const lines = [`f(x) = ${first}`, ...Array.from({ length: times }, () => `f(x) = ${next}`), "f(3)"];
        const work = evaluateLines(lines, 34, meter);
        let longest = 0;
        let before = 0;
        for (const _pause of work) {
          longest = Math.max(longest, meter.spent - before);
          before = meter.spent;
        }
        expect(longest).toBeLessThanOrEqual(8 * SLICE_BUDGET);
        expect(meter.spent).toBeLessThanOrEqual(WORK_BUDGET);
      }),
      { numRuns: 30 },
    );
  });
});
