import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError, TooMuchWork } from "../../../../domain/errors.ts";
import { Meter, SLICE_BUDGET, WORK_BUDGET } from "../meter.ts";
import { evaluateNow, longestSlice, outcomeOf } from "../testing/evaluate-now.ts";
import { decimalFromRational, decimalFromText, type Rational } from "../testing/oracle.ts";
import { evaluate } from "./evaluate.ts";

interface Sample {
  readonly text: string;
  readonly value: Rational | undefined;
}

const literal = fc
  .record({ digits: fc.bigInt({ min: 0n, max: 10n ** 12n }), places: fc.nat(12) })
  .map(({ digits, places }): Sample => {
    const padded = String(digits).padStart(places + 1, "0");
    const text = `${padded.slice(0, padded.length - places)}.${padded.slice(padded.length - places)}`;
    return { text, value: { numerator: digits, denominator: 10n ** BigInt(places) } };
  });

/** Expressions of + - * / % and signs, with the value that plain rational arithmetic gives them. */
const { expression } = fc.letrec<{ expression: Sample; binary: Sample; negative: Sample }>((tie) => ({
  expression: fc.oneof({ maxDepth: 5, depthSize: "small" }, literal, tie("binary"), tie("negative")),
  binary: fc
    .tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/", "%"), tie("expression"))
    .map(([left, operator, right]) => ({
      text: `(${left.text})${operator}(${right.text})`,
      value: left.value && right.value && combine(left.value, operator, right.value),
    })),
  negative: tie("expression").map(({ text, value }) => ({
    text: `-(${text})`,
    value: value && { ...value, numerator: -value.numerator },
  })),
}));

function combine(a: Rational, operator: string, b: Rational): Rational | undefined {
  const denominator = a.denominator * b.denominator;
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  if (operator === "+") return { numerator: left + right, denominator };
  if (operator === "-") return { numerator: left - right, denominator };
  if (operator === "*") return { numerator: a.numerator * b.numerator, denominator };
  if (right === 0n) return undefined;
  if (operator === "/") return positive({ numerator: left, denominator: right });
  const rest = ((left % right) + right) % right;
  return positive({ numerator: rest, denominator });
}

function positive({ numerator, denominator }: Rational): Rational {
  return denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator };
}

describe("evaluate", () => {
  it("agrees with plain rational arithmetic", () => {
    fc.assert(
      fc.property(expression, ({ text, value }) => {
        fc.pre(value !== undefined && text.length <= 10_000);
        const { text: result, exact } = evaluateNow(text);
        expect(decimalFromText(result, exact)).toEqual(decimalFromRational(value, 34));
      }),
      { numRuns: 300 },
    );
  });

  it("refuses a division by zero wherever it is", () => {
    fc.assert(
      fc.property(expression, ({ text }) => {
        expect(outcomeOf(() => evaluateNow(`(${text})/(1-1)+1`))).toBeInstanceOf(DomainError);
      }),
      { numRuns: 50 },
    );
  });

  it("reads what it writes as the same number", () => {
    const numbers = fc.tuple(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), fc.integer({ min: -400, max: 400 }));
    fc.assert(
      fc.property(numbers, ([coefficient, exponent]) => {
        const written = evaluateNow(`${coefficient}e${exponent}`);
        expect(written.exact).toBe(true);
        expect(decimalFromText(written.text, true)).toEqual(decimalFromText(`${coefficient}e${exponent}`, true));
        expect(evaluateNow(written.text)).toEqual(written);
      }),
    );
  });

  it("throws nothing but domain errors, whatever it is given", () => {
    const piece = fc.constantFrom(
      ..."0123456789.+-*/%^!(), eπ×−".split(""),
      "sqrt(",
      "max(",
      "round(",
      "ln(",
      "1e",
      "e+",
    );
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ unit: piece, maxLength: 40 }));
    fc.assert(
      fc.property(text, (expression) => {
        const outcome = outcomeOf(() => evaluateNow(expression, 20));
        expect(outcome instanceof DomainError || typeof outcome.text === "string").toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the budget", () => {
  const atoms = [
    "2",
    "0.1",
    "(1/3)",
    "pi",
    "9e99999",
    "1e-999",
    "7".repeat(200),
    "sqrt(2)",
    "1140!",
    "16000!",
    "3^2000",
  ];
  const atom = fc.constantFrom(...atoms);
  const chain = fc
    .tuple(atom, fc.constantFrom("+", "-", "*", "/", "^", "%"), atom, fc.integer({ min: 1, max: 400 }))
    .map(([first, operator, second, times]) => first + `${operator}${second}`.repeat(times));
  const nest = fc
    .tuple(
      fc.constantFrom("exp(", "exp(-", "ln(3+", "sqrt(1+", "1/(1+", "(1/3+", "max(1,", "floor(2^"),
      atom,
      fc.nat(600),
    )
    .map(([open, inner, depth]) => open.repeat(depth) + inner + ")".repeat(depth));
  const tail = fc
    .tuple(atom, fc.constantFrom("!", "^2", "^-1", "^0.5"), fc.nat(2_000))
    .map(([a, b, n]) => a + b.repeat(n));
  const nasty = fc.oneof(chain, nest, tail);

  it("ends every expression, and lets no slice do much more than its share", () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom(1, 34, 1_000), (expression, digits) => {
        const meter = new Meter();
        expect(longestSlice(evaluate(expression, digits, meter), meter)).toBeLessThanOrEqual(8 * SLICE_BUDGET);
        expect(meter.spent).toBeLessThanOrEqual(WORK_BUDGET);
      }),
      { numRuns: 60 },
    );
  });

  it("ends as it is set, with too much work", () => {
    const outcome = outcomeOf(() => evaluateNow("1+2+3+4+5", 0, new Meter(10)));
    expect(outcome).toBeInstanceOf(TooMuchWork);
  });
});
