import { Meter } from "../meter.ts";
import { parse } from "../syntax/parser.ts";
import type { Work } from "../work.ts";
import { significantDigits } from "./digits.ts";
import { Evaluator } from "./evaluator.ts";
import type { ShownValue } from "./format.ts";

/**
 * Evaluates an expression: exactly while numerators and denominators have at most 10,000 bits, else to the significant
 * digits asked for (0 means 34), correctly rounded. InvalidInput for `expression` or `digits`; OutOfRange where a number
 * is too large or small to hold; TooMuchWork when it takes more than the work of one call.
 */
export function* evaluate(expression: string, digits: number, meter = new Meter()): Work<ShownValue> {
  const rounded = significantDigits(digits);
  const program = yield* parse(expression, meter);
  const evaluator = new Evaluator(program, rounded, meter);
  for (let computed = 0; computed < program.nodes.length; computed += 1) yield* evaluator.computeNext();
  return yield* evaluator.show(program.nodes.length - 1);
}
