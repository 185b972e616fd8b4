import { InvalidInput } from "../../../../domain/errors.ts";
import { Evaluator } from "../evaluate/evaluator.ts";
import type { ShownValue } from "../evaluate/format.ts";
import type { Meter } from "../meter.ts";
import { isReserved, parse } from "../syntax/parser.ts";
import type { Meaning, Names } from "../syntax/program.ts";
import type { Work } from "../work.ts";
import { type Failure, failureOf } from "./failure.ts";
import { type NotebookLine, readLine } from "./read-line.ts";

/** What came of a line. */
export interface LineOutcome {
  /** The number of the line, from 1. */
  readonly line: number;
  /** The variable or function that it names, in lower case; absent where it names none. */
  readonly name: string | undefined;
  readonly result:
    | { readonly kind: "value"; readonly value: ShownValue }
    | { readonly kind: "function"; readonly parameter: string }
    | { readonly kind: "failure"; readonly failure: Failure };
}

type Binding = Meaning | { readonly kind: "failed"; readonly line: number };

/**
 * Lines that are evaluated one after the other, each knowing what those before it named. A name stands for a number, not for the digits
 * that are shown of it: what is exact stays exact, and of other numbers a later line gets as many digits as it needs.
 */
export class Notebook {
  readonly #digits: number;
  readonly #meter: Meter;
  readonly #bindings = new Map<string, Binding>();
  #lines = 0;

  /** All lines are rounded to so many digits, and share the budget of the meter. */
  constructor(digits: number, meter: Meter) {
    this.#digits = digits;
    this.#meter = meter;
  }

  /** Evaluates the next line. Undefined for a line that is blank or a comment. What is wrong with a line is its outcome. */
  *add(text: string): Work<LineOutcome | undefined> {
    this.#lines += 1;
    const line = readLine(text);
    if (line === undefined) return undefined;
    const { name } = line;
    try {
      checkLine(line);
      const result = yield* line.parameter === undefined ? this.#evaluate(line) : this.#define(line, line.parameter);
      return { line: this.#lines, name, result };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      this.#bind(line, { kind: "failed", line: this.#lines });
      return { line: this.#lines, name, result: { kind: "failure", failure } };
    }
  }

  /** What names stand for after the lines so far, and the name of a parameter if there is one. */
  names(parameter?: string): Names {
    return {
      lookUp: (name, position) => (name === parameter ? { kind: "parameter" } : this.#lookUp(name, position)),
    };
  }

  *#evaluate(line: NotebookLine): Work<LineOutcome["result"]> {
    const program = yield* parse(line.expression, this.#meter, this.names());
    const evaluator = new Evaluator(program, this.#digits, this.#meter);
    yield* evaluator.computeAll();
    const value = yield* evaluator.showResult();
    this.#bind(line, { kind: "variable", source: evaluator.result });
    return { kind: "value", value };
  }

  *#define(line: NotebookLine, parameter: string): Work<LineOutcome["result"]> {
    const body = yield* parse(line.expression, this.#meter, this.names(parameter));
    this.#bind(line, { kind: "function", definition: { body } });
    return { kind: "function", parameter };
  }

  #bind({ name, parameter }: NotebookLine, binding: Binding): void {
    if (name !== undefined && !isReserved(name)) this.#bindings.set(name, binding);
    // No older value, where the last expression came to none.
    if (parameter === undefined) this.#bindings.set("ans", binding);
  }

  #lookUp(name: string, position: number): Meaning {
    const binding = this.#bindings.get(name);
    if (binding !== undefined && binding.kind !== "failed") return binding;
    throw new InvalidInput({
      field: "expression",
      description: `"${name}" at position ${position} ${whyNothing(name, binding)}`,
    });
  }
}

function whyNothing(name: string, binding: { readonly line: number } | undefined): string {
  if (binding !== undefined) return `has no value, because line ${binding.line} has none`;
  return name === "ans" ? "has no value before the first expression" : "is not defined";
}

function checkLine({ name, parameter, expression }: NotebookLine): void {
  const taken = [name, parameter].find((own) => own !== undefined && isReserved(own));
  if (taken !== undefined) {
    throw invalid(`expected a name that the calculator does not have at position 0: got "${taken}"`);
  }
  if (expression.trim() === "") throw invalid(`expected an expression at position ${expression.length}: got the end`);
}

function invalid(description: string): InvalidInput {
  return new InvalidInput({ field: "expression", description });
}
