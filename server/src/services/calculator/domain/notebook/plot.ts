import { InvalidInput, OutOfRange } from "../../../../domain/errors.ts";
import { significantDigits } from "../evaluate/digits.ts";
import { Evaluator } from "../evaluate/evaluator.ts";
import { DEFAULT_POINTS, MAX_POINTS } from "../limits.ts";
import { Meter } from "../meter.ts";
import { exactInteger } from "../number/exact.ts";
import type { Value } from "../number/value.ts";
import { parse } from "../syntax/parser.ts";
import type { Meaning, Names, Program, ValueSource } from "../syntax/program.ts";
import type { Work } from "../work.ts";
import { checkLines } from "./evaluate-lines.ts";
import { type Failure, failureOf } from "./failure.ts";
import { Notebook } from "./notebook.ts";

/** What to plot. */
export interface Plot {
  /** An expression of `x`. */
  readonly expression: string;
  /** Lines before it, whose names it may use. */
  readonly lines: readonly string[];
  /** Expressions of the first and the last point. */
  readonly from: string;
  readonly to: string;
  /** 2 to 1,000; 0 means 100. */
  readonly points: number;
  /** 1 to 1,000 significant digits; 0 means 34. */
  readonly digits: number;
}

/** One point of a plot. */
export interface PlotPoint {
  readonly x: string;
  /** The value there, or why there is none. */
  readonly y: string | Failure;
}

const PARAMETER = "x";

/**
 * Computes the points of a plot, lazily and in order, with `undefined` between them, at which others may run. InvalidInput for the field at
 * fault; OutOfRange where an end is too large; TooMuchWork when the points take more than the work of one call, after those before.
 */
export function* plot(asked: Plot, meter = new Meter()): Generator<PlotPoint | undefined, void> {
  const digits = significantDigits(asked.digits);
  const last = pointsOf(asked.points) - 1;
  checkLines(asked.lines);
  const notebook = new Notebook(digits, meter);
  for (const line of asked.lines) yield* notebook.add(line);
  const program = yield* parse(asked.expression, meter, notebook.names(PARAMETER));
  const ends = {
    from: yield* endOf("from", asked.from, notebook, digits, meter),
    to: yield* endOf("to", asked.to, notebook, digits, meter),
  };
  yield* checkOrder(ends, digits, meter);
  const axis = yield* parse("from + (to - from) * i / last", meter, axisNames(ends, last));
  for (let index = 0; index <= last; index += 1) {
    const x = new Evaluator(axis, digits, meter, wholeNumber(index));
    yield* x.computeAll();
    const { text } = yield* x.showResult();
    yield { x: text, y: yield* valueAt(program, x.result, digits, meter) };
  }
}

interface Ends {
  readonly from: ValueSource;
  readonly to: ValueSource;
}

function pointsOf(asked: number): number {
  if (asked === 0) return DEFAULT_POINTS;
  if (Number.isInteger(asked) && asked >= 2 && asked <= MAX_POINTS) return asked;
  throw new InvalidInput({ field: "points", description: `must be 2 to 1,000, or 0 for 100: got ${asked}` });
}

/** The value of an end, which is an expression without the parameter. InvalidInput for the field that it stands in. */
function* endOf(
  field: "from" | "to",
  expression: string,
  notebook: Notebook,
  digits: number,
  meter: Meter,
): Work<ValueSource> {
  try {
    const end = new Evaluator(yield* parse(expression, meter, notebook.names()), digits, meter);
    yield* end.computeAll();
    return end.result;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput({ field, description: error.violations[0]?.description ?? "must be a number" });
  }
}

function* checkOrder(ends: Ends, digits: number, meter: Meter): Work<void> {
  const width = new Evaluator(yield* parse("to - from", meter, axisNames(ends, 1)), digits, meter);
  yield* width.computeAll();
  const { text } = yield* width.showResult();
  if (text === "0" || text.startsWith("-")) {
    throw new InvalidInput({ field: "to", description: "must be more than from" });
  }
}

function axisNames({ from, to }: Ends, last: number): Names {
  const meanings: Readonly<Record<string, Meaning>> = {
    from: { kind: "variable", source: from },
    to: { kind: "variable", source: to },
    last: { kind: "variable", source: wholeNumber(last) },
    i: { kind: "parameter" },
  };
  return {
    lookUp(name) {
      const meaning = meanings[name];
      if (meaning === undefined) throw new Error(`the axis has no ${name}`);
      return meaning;
    },
  };
}

function wholeNumber(integer: number): ValueSource {
  const value = exactInteger(integer);
  return {
    // biome-ignore lint/correctness/useYield: it is exact, whatever the precision
    *valueAt(): Work<Value> {
      return value;
    },
  };
}

function* valueAt(program: Program, x: ValueSource, digits: number, meter: Meter): Work<string | Failure> {
  try {
    const evaluator = new Evaluator(program, digits, meter, x);
    yield* evaluator.computeAll();
    return (yield* evaluator.showResult()).text;
  } catch (error) {
    const failure = error instanceof InvalidInput || error instanceof OutOfRange ? failureOf(error) : undefined;
    if (failure === undefined) throw error;
    return failure;
  }
}
