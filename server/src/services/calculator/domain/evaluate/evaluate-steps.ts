import { TooMuchWork } from "../../../../domain/errors.ts";
import { MAX_STEP_CHARACTERS } from "../limits.ts";
import { Meter } from "../meter.ts";
import type { Value } from "../number/value.ts";
import { parse } from "../syntax/parser.ts";
import type { ProgramNode } from "../syntax/program.ts";
import { significantDigits } from "./digits.ts";
import { Evaluator } from "./evaluator.ts";
import { RewrittenText } from "./rewritten-text.ts";
import type { Step } from "./step.ts";

const CHARACTERS_PER_UNIT = 2_000;

/**
 * Evaluates an expression step by step, lazily: a step is computed when it is asked for, and between steps there are
 * `undefined` ones, at which others may run. What is shown rounded is kept unrounded, so `1/3*3` ends in 1.
 *
 * Every operation, function and constant is a step, except for signs that only make a number negative. There is at
 * least one step: a number alone, such as `1.50`, is reduced to the form that results have. Errors are those of
 * `evaluate`, after the steps before them; also TooMuchWork when the texts of all steps are too long together.
 */
export function* evaluateSteps(
  expression: string,
  digits: number,
  meter = new Meter(),
): Generator<Step | undefined, void> {
  const rounded = significantDigits(digits);
  const program = yield* parse(expression, meter);
  const evaluator = new Evaluator(program, rounded, meter);
  const text = new RewrittenText(program.text);
  const isPlain: boolean[] = [];
  let [count, characters] = [0, 0];
  const paid = (step: Step): Step => {
    count += 1;
    characters += step.expression.length + step.result.length;
    meter.spend((step.expression.length + step.result.length) / CHARACTERS_PER_UNIT);
    if (characters > MAX_STEP_CHARACTERS) throw new TooMuchWork("the steps are longer together than one call may send");
    return step;
  };

  for (const [index, node] of program.nodes.entries()) {
    text.startNode();
    const value = yield* evaluator.computeNext();
    isPlain[index] = node.kind === "number" && isPositive(value);
    if (node.kind === "number" || isSign(node, isPlain)) continue;
    const shown = yield* evaluator.show(index);
    isPlain[index] = shown.text !== "0" && !shown.text.startsWith("-");
    yield paid(text.replace(node, shown));
  }
  const shown = yield* evaluator.show(program.nodes.length - 1);
  if (count === 0 || text.current !== shown.text) yield paid(text.replaceAll(shown));
}

/** Whether this only writes a sign before a number: there is nothing to replace. */
function isSign(node: ProgramNode, isPlain: readonly boolean[]): boolean {
  return node.kind === "operation" && node.operation === "negate" && isPlain[node.operands[0] ?? -1] === true;
}

function isPositive(value: Value): boolean {
  return value.kind === "exact" && value.numerator > 0n;
}
