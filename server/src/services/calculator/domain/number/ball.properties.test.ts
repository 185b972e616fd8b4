import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Meter } from "../meter.ts";
import { arbitraryKnown, isWithin, type Known, type Point } from "../testing/arbitrary-balls.ts";
import { addBalls, type Ball, ball, ballFromExact, divideBalls, multiplyBalls, signOfBall } from "./ball.ts";
import { exactQuotient } from "./exact.ts";
import { factorial } from "./factorial.ts";
import { power } from "./power.ts";
import { constant, decimalLogarithm, naturalExponential, naturalLogarithm, squareRoot } from "./transcendental.ts";
import type { Context, Value } from "./value.ts";

// A ball is right when it holds the exact value, whatever guard digits would hide later: so few digits, and the radius is all there is.
const precisions = fc.integer({ min: 5, max: 40 });
const anyKnown = arbitraryKnown(30, -25, 25);
const runs = { numRuns: 1_000 };

function contextOf(precision: number): Context {
  return { precision, final: false, meter: new Meter() };
}

function asBall(value: Value): Ball {
  if (value.kind !== "ball") throw new Error("must be inexact");
  return value;
}

describe("the exact value lies within the ball of", () => {
  it("a ball with fewer digits", () => {
    fc.assert(
      fc.property(anyKnown, precisions, ({ ball: { middle, radius, exponent }, point }, precision) => {
        expect(isWithin(ball(middle, radius, exponent, precision), point.coefficient, 1n, point.exponent)).toBe(true);
      }),
      runs,
    );
  });

  it("a quotient of whole numbers", () => {
    const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(whole, fc.bigInt({ min: 1n, max: 10n ** 30n }), precisions, (numerator, denominator, precision) => {
        const exact = exactQuotient(numerator, denominator, 0);
        fc.pre(exact !== undefined);
        expect(isWithin(ballFromExact(exact, precision), numerator, denominator, 0)).toBe(true);
      }),
      runs,
    );
  });

  it("a sum", () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, precisions, (a, b, precision) => {
        const least = Math.min(a.point.exponent, b.point.exponent);
        const sum = shifted(a.point, least) + shifted(b.point, least);
        expect(isWithin(addBalls(a.ball, b.ball, precision), sum, 1n, least)).toBe(true);
      }),
      runs,
    );
  });

  it("a difference of numbers that are nearly equal, which has none of their first digits", () => {
    const near = fc.record({ places: fc.nat(12), by: fc.bigInt({ min: -1_000n, max: 1_000n }) });
    fc.assert(
      fc.property(anyKnown, near, precisions, (a, { places, by }, precision) => {
        const exponent = a.ball.exponent - places;
        const middle = by - a.ball.middle * 10n ** BigInt(places);
        const difference = shifted(a.point, exponent - 3) + middle * 1_000n;
        const b: Ball = { kind: "ball", middle, radius: 0n, exponent };
        expect(isWithin(addBalls(a.ball, b, precision), difference, 1n, exponent - 3)).toBe(true);
      }),
      runs,
    );
  });

  it("a product", () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, precisions, (a, b, precision) => {
        const product = a.point.coefficient * b.point.coefficient;
        const exponent = a.point.exponent + b.point.exponent;
        expect(isWithin(multiplyBalls(a.ball, b.ball, precision), product, 1n, exponent)).toBe(true);
      }),
      runs,
    );
  });

  it("a quotient", () => {
    const divisors = anyKnown.filter(({ ball: divisor }) => (signOfBall(divisor) ?? 0) !== 0);
    fc.assert(
      fc.property(anyKnown, divisors, precisions, (a, b, precision) => {
        const sign = b.point.coefficient < 0n ? -1n : 1n;
        const [numerator, denominator] = [sign * a.point.coefficient, sign * b.point.coefficient];
        const quotient = divideBalls(a.ball, b.ball, precision);
        expect(isWithin(quotient, numerator, denominator, a.point.exponent - b.point.exponent)).toBe(true);
      }),
      runs,
    );
  });
});

// Its own rounding is far below what is compared.
const Precise = Decimal.clone({ precision: 130, toExpPos: 1_000_000, toExpNeg: -1_000_000 });

function decimalOf({ coefficient, exponent }: Point): Decimal {
  return new Precise(`${coefficient}e${exponent}`);
}

/** Whether a number that is known to 100 digits lies in a ball. */
function expectWithin({ middle, radius, exponent }: Ball, value: Decimal): void {
  const distance = value.minus(decimalOf({ coefficient: middle, exponent })).abs();
  const allowed = decimalOf({ coefficient: radius, exponent }).plus(value.abs().times("1e-100"));
  expect(distance.lte(allowed) ? "within" : `${distance} from the middle, the radius is ${allowed}`).toBe("within");
}

describe("the value of decimal.js lies within the ball of", () => {
  const isPositive = ({ ball: { middle, radius } }: Known) => middle > 2n * radius;
  const positive = arbitraryKnown(30, -40, 10).filter(isPositive);
  // A logarithm that is not known to a digit or so has no exponential.
  const sharp = arbitraryKnown(12, -11, 0).filter(({ ball: { middle, radius } }) => middle > 1_000n * radius);
  const small = arbitraryKnown(15, -28, -13);
  const few = { numRuns: 300 };

  it.each<[string, fc.Arbitrary<Known>, (x: Value, context: Context) => Value, (x: Decimal) => Decimal]>([
    ["a square root", positive, squareRoot, (x) => x.sqrt()],
    ["an exponential", small, naturalExponential, (x) => x.exp()],
    ["a natural logarithm", positive, naturalLogarithm, (x) => x.ln()],
    ["a logarithm to base 10", positive, decimalLogarithm, (x) => x.log(10)],
    ["a whole power", sharp, (x, context) => power(x, quotientOf(13n, 1n), context), (x) => x.pow(13)],
    [
      "a power to a fraction",
      sharp,
      (x, context) => power(x, quotientOf(1n, 3n), context),
      (x) => x.pow(new Precise(1).div(3)),
    ],
  ])("%s", (_, arguments_, apply, expected) => {
    fc.assert(
      fc.property(arguments_, precisions, ({ ball: x, point }, precision) => {
        // An exponential of so little that nothing is lost comes out exact only for 0 itself.
        fc.pre(x.middle !== 0n || x.radius !== 0n);
        expectWithin(asBall(apply(x, contextOf(precision))), expected(decimalOf(point)));
      }),
      few,
    );
  });

  it("a square root, logarithm and exponential of an exact number", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 10n ** 12n }), precisions, (numerator, precision) => {
        const x = exactQuotient(numerator, 7n * 10n ** 11n + 11n, 0);
        fc.pre(x !== undefined && x.denominator !== 1n);
        const value = new Precise(String(numerator)).div(String(7n * 10n ** 11n + 11n));
        const context = contextOf(precision);
        expectWithin(asBall(naturalLogarithm(x, context)), value.ln());
        expectWithin(asBall(naturalExponential(x, context)), value.exp());
        expectWithin(asBall(decimalLogarithm(x, context)), value.log(10));
      }),
      few,
    );
  });

  it.each(["pi", "e"] as const)("%s", (name) => {
    const value = name === "pi" ? Precise.acos(-1) : new Precise(1).exp();
    for (let precision = 1; precision <= 90; precision++) {
      expectWithin(constant(name, contextOf(precision)), value);
    }
  });
});

it.each([1_200, 2_000, 15_999, 16_001, 17_000])("%i! lies within its ball", (n) => {
  const exact = productOf(1, n);
  for (const precision of [5, 12, 34, 60]) {
    expect(isWithin(asBall(factorial(quotientOf(BigInt(n), 1n), contextOf(precision))), exact, 1n, 0)).toBe(true);
  }
});

function shifted({ coefficient, exponent }: Point, least: number): bigint {
  return coefficient * 10n ** BigInt(exponent - least);
}

function quotientOf(numerator: bigint, denominator: bigint): Value {
  const exact = exactQuotient(numerator, denominator, 0);
  if (exact === undefined) throw new Error("must be small");
  return exact;
}

function productOf(from: number, to: number): bigint {
  if (from === to) return BigInt(from);
  const middle = Math.floor((from + to) / 2);
  return productOf(from, middle) * productOf(middle + 1, to);
}
