import { add, divide, multiply, negate, subtract } from "../number/arithmetic.ts";
import { factorial } from "../number/factorial.ts";
import { functions } from "../number/functions.ts";
import { power } from "../number/power.ts";
import { remainder } from "../number/rounding.ts";
import { type Context, signOf, type Value } from "../number/value.ts";

type BinaryOperation = (a: Value, b: Value, context: Context) => Value;

const binary: ReadonlyMap<string, BinaryOperation> = new Map([
  ["+", add],
  ["-", subtract],
  ["*", multiply],
  ["/", divide],
  ["%", remainder],
  ["^", power],
]);

/**
 * Applies an operation of a program, other than min and max, to its operands. UndefinedResult, Undecided, OutOfRange and
 * TooMuchWork as the operation says.
 */
export function applyOperation(operation: string, operands: readonly Value[], context: Context): Value {
  const [first, second] = operands;
  if (first === undefined) throw new Error(`${operation} has no operands`);
  if (operation === "plus") return first;
  if (operation === "negate") return negate(first);
  if (operation === "!") return factorial(first, context);
  const operator = binary.get(operation);
  if (operator !== undefined && second !== undefined) return operator(first, second, context);
  const called = functions.get(operation);
  if (called === undefined) throw new Error(`${operation} is no operation`);
  return called.apply(first, second, context);
}

/** The smaller (`min`) or larger (`max`) of two numbers; a where they cannot be told apart. */
export function extremeOf(operation: "min" | "max", a: Value, b: Value, context: Context): Value {
  const sign = signOf(subtract(b, a, context), context);
  return sign === (operation === "max" ? 1 : -1) ? b : a;
}
