import { absolute } from "./arithmetic.ts";
import { ceil, floor, round } from "./rounding.ts";
import { decimalLogarithm, naturalExponential, naturalLogarithm, squareRoot } from "./transcendental.ts";
import type { Context, Value } from "./value.ts";

/** A function that expressions may call. */
export interface MathFunction {
  /** The most arguments it takes; the least is one. */
  readonly maxArguments: number;
  /** Its value. `second` is given only where it takes two. */
  readonly apply: (first: Value, second: Value | undefined, context: Context) => Value;
}

const unary = (apply: (value: Value, context: Context) => Value): MathFunction => ({
  maxArguments: 1,
  apply: (first, _second, context) => apply(first, context),
});

/** The functions of a fixed number of arguments, by name. `min` and `max`, which take any number, are beside them. */
export const functions: ReadonlyMap<string, MathFunction> = new Map([
  ["sqrt", unary(squareRoot)],
  ["abs", unary(absolute)],
  ["round", { maxArguments: 2, apply: round }],
  ["floor", unary(floor)],
  ["ceil", unary(ceil)],
  ["ln", unary(naturalLogarithm)],
  ["log", unary(decimalLogarithm)],
  ["exp", unary(naturalExponential)],
]);
