import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateNow } from "../testing/evaluate-now.ts";

// Many digits more than are compared, so that its own rounding does not show.
const Precise = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_UP, toExpPos: 20, toExpNeg: -20 });
const argument = fc
  .record({ coefficient: fc.integer({ min: 1, max: 1e9 }), exponent: fc.integer({ min: -12, max: -7 }) })
  .map(({ coefficient, exponent }) => `${coefficient}e${exponent}`);

describe("correct rounding", () => {
  it.each<[string, (x: Decimal, y: Decimal) => Decimal, (x: string, y: string) => string]>([
    ["exp", (x) => x.exp(), (x) => `exp(${x})`],
    ["exp of a negative number", (x) => x.neg().exp(), (x) => `exp(-${x})`],
    ["ln", (x) => x.ln(), (x) => `ln(${x})`],
    ["log", (x) => x.log(10), (x) => `log(${x})`],
    ["sqrt", (x) => x.sqrt(), (x) => `sqrt(${x})`],
    ["powers", (x, y) => x.pow(y), (x, y) => `${x}^${y}`],
    ["differences", (x, y) => x.sqrt().minus(y.sqrt()), (x, y) => `sqrt(${x})-sqrt(${y})`],
    ["compositions", (x, y) => x.plus(y).ln().exp().times(y), (x, y) => `exp(ln(${x}+${y}))*${y}`],
  ])("of %s agrees with decimal.js at a higher precision", (_, expected, expression) => {
    fc.assert(
      fc.property(argument, argument, fc.integer({ min: 1, max: 60 }), (x, y, digits) => {
        // Its last digits are wrong; without them a tie is a tie again.
        const known = expected(new Precise(x), new Precise(y)).toSignificantDigits(80);
        const rounded = known.toSignificantDigits(digits);
        const { text, exact } = evaluateNow(expression(x, y), digits);
        // An exact result is not rounded to the digits asked for.
        const shown = exact ? new Precise(text).toSignificantDigits(digits) : new Precise(text);
        expect(shown.toString()).toBe(rounded.toString());
      }),
      { numRuns: 60 },
    );
  });

  it("takes what cannot be told from a tie for one", () => {
    expect(evaluateNow("exp(ln(2.5))", 1).text).toBe("3");
    expect(evaluateNow("-exp(ln(2.5))", 1).text).toBe("-3");
    expect(evaluateNow("sqrt(2)^2/16", 2).text).toBe("0.13");
  });

  it("goes on for as many digits as it takes", () => {
    // 1 + 10^-700 is a tie but for its last digits.
    expect(evaluateNow("sqrt(1.5^2+1e-700)", 1).text).toBe("2");
    expect(evaluateNow("sqrt(1.5^2-1e-700)", 1).text).toBe("1");
    expect(evaluateNow("exp(1e-400)", 1_000).text).toBe(`1.${"0".repeat(399)}1${"0".repeat(400)}5`);
  });

  it.each([1_001, 1_139, 1_160, 9_000, 15_999, 16_001])("holds for %i!", (n) => {
    let product = 1n;
    for (let factor = 2n; factor <= BigInt(n); factor += 1n) product *= factor;
    const expected = new Precise(product.toString()).toSignificantDigits(50).toExponential();
    expect(new Precise(evaluateNow(`${n}!`, 50).text).toExponential()).toBe(expected);
  });
});
