import { InvalidInput, TooMuchWork } from "../../../../domain/errors.ts";
import { truncate } from "../../../../domain/truncate.ts";
import { GUARD_DIGITS, MAX_PRECISION } from "../limits.ts";
import type { Meter } from "../meter.ts";
import { constant } from "../number/transcendental.ts";
import { Undecided } from "../number/undecided.ts";
import { UndefinedResult } from "../number/undefined-result.ts";
import type { Context, Value } from "../number/value.ts";
import type { Program, ProgramNode, ValueSource } from "../syntax/program.ts";
import type { Work } from "../work.ts";
import { formatValue, type ShownValue } from "./format.ts";
import { applyOperation, extremeOf } from "./operations.ts";

type Attempt<T> = (context: Context) => Work<T>;

// Nodes looked through for a unit of work.
const NODES_PER_UNIT = 50;

// What the call of a function costs beside its nodes, in the meter's units: it has an evaluator of its own, which is kept.
const CALL_COST = 20;

type CallNode = Extract<ProgramNode, { kind: "call" }>;

/**
 * Computes the nodes of a program, one at a time and in order. Inexact ones get the digits asked for and a few more;
 * where that turns out too little to decide or to round something, what it depends on is computed again with twice as
 * many.
 */
export class Evaluator {
  readonly #program: Program;
  readonly #digits: number;
  readonly #meter: Meter;
  readonly #values: Value[] = [];
  // The digits each value was computed with.
  readonly #precisions: number[] = [];
  // What computes the calls of functions, by their nodes.
  readonly #callees: Evaluator[] = [];
  readonly #argument: ValueSource | undefined;

  /** `argument` is what the program has for its parameter, if it has one. */
  constructor(program: Program, digits: number, meter: Meter, argument?: ValueSource) {
    this.#program = program;
    this.#digits = digits;
    this.#meter = meter;
    this.#argument = argument;
  }

  /** Computes all nodes, with the errors of computeNext. */
  *computeAll(): Work<void> {
    while (this.#values.length < this.#program.nodes.length) yield* this.computeNext();
  }

  /** The value of the whole program, once it is computed, for other programs. */
  get result(): ValueSource {
    return this.#sourceOf(this.#program.nodes.length - 1);
  }

  /** Writes the value of the whole program, once it is computed, correctly rounded. */
  showResult(): Work<ShownValue> {
    return this.show(this.#program.nodes.length - 1);
  }

  /**
   * Computes the node after those computed so far. InvalidInput for `expression` where an operation has no result,
   * OutOfRange where it is too large or small, TooMuchWork where it takes too many digits or the budget is used up.
   */
  *computeNext(): Work<Value> {
    this.#meter.spend(1);
    const index = this.#values.length;
    const node = this.#node(index);
    const value = yield* this.#settle(node.first, index - 1, (context) => {
      this.#precisions[index] = context.precision;
      return this.#apply(node, context);
    });
    this.#values[index] = value;
    return value;
  }

  /** Writes the value of a node that was computed, correctly rounded. */
  *show(index: number): Work<ShownValue> {
    return yield* this.#settle(this.#node(index).first, index, (context) => this.#format(index, context));
  }

  /** Tries with more and more digits of the nodes it depends on, and at last takes what cannot be told apart as equal. */
  *#settle<T>(first: number, last: number, attempt: Attempt<T>): Work<T> {
    let precision = Math.min(this.#digits + GUARD_DIGITS, MAX_PRECISION);
    for (let final = false; ; ) {
      try {
        if (this.#meter.pauseIsDue()) yield;
        return yield* attempt({ precision, final, meter: this.#meter });
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        if (final) throw new TooMuchWork("the expression takes more than 2,100 digits to decide");
      }
      final = precision === MAX_PRECISION;
      precision = Math.min(2 * precision, MAX_PRECISION);
      yield* this.#refine(first, last, precision);
    }
  }

  *#refine(first: number, last: number, precision: number): Work<void> {
    this.#meter.spend((last - first + 1) / NODES_PER_UNIT);
    for (let index = first; index <= last; index += 1) {
      const value = this.#values[index];
      if (value?.kind !== "ball" || (this.#precisions[index] ?? 0) >= precision) continue;
      this.#values[index] = yield* this.#recompute(this.#node(index), precision);
      this.#precisions[index] = precision;
      if (this.#meter.pauseIsDue()) yield;
    }
  }

  /** What was decided with fewer digits is not undecided with more, but for the last of them. */
  *#recompute(node: ProgramNode, precision: number): Work<Value> {
    const meter = this.#meter;
    try {
      return yield* this.#apply(node, { precision, final: false, meter });
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      return yield* this.#apply(node, { precision, final: true, meter });
    }
  }

  *#apply(node: ProgramNode, context: Context): Work<Value> {
    if (node.kind === "number") return node.value;
    if (node.kind === "constant") return constant(node.name, context);
    if (node.kind === "variable") return yield* node.source.valueAt(context.precision);
    if (node.kind === "parameter") return yield* this.#argumentSource().valueAt(context.precision);
    if (node.kind === "call") return yield* this.#call(node, context);
    const { operation } = node;
    try {
      if (operation === "min" || operation === "max") return yield* this.#extreme(operation, node.operands, context);
      return applyOperation(
        operation,
        node.operands.map((operand) => this.#value(operand)),
        context,
      );
    } catch (error) {
      throw error instanceof UndefinedResult ? this.#undefinedAt(node.position, operation, error) : error;
    }
  }

  /** Calls a function of the caller's own: its body has an evaluator, which finds the argument here. */
  *#call(node: CallNode, { precision }: Context): Work<Value> {
    let callee = this.#callees[node.operand];
    if (callee === undefined) {
      this.#meter.spend(CALL_COST);
      callee = new Evaluator(node.definition.body, this.#digits, this.#meter, this.#sourceOf(node.operand));
      this.#callees[node.operand] = callee;
    }
    try {
      yield* callee.computeAll();
      return yield* callee.result.valueAt(precision);
    } catch (error) {
      throw error instanceof InvalidInput ? this.#failedIn(node, error) : error;
    }
  }

  #sourceOf(index: number): ValueSource {
    return {
      valueAt: function* (this: Evaluator, precision: number): Work<Value> {
        yield* this.#refine(this.#node(index).first, index, precision);
        return this.#value(index);
      }.bind(this),
    };
  }

  #argumentSource(): ValueSource {
    if (this.#argument === undefined) throw new Error("the program has a parameter and no argument");
    return this.#argument;
  }

  /** What went wrong in a function, said of where it is called: positions in its definition mean nothing here. */
  #failedIn({ name, position }: CallNode, { violations }: InvalidInput): InvalidInput {
    const [{ description } = { description: "has no value" }] = violations;
    const inner = description.replaceAll(/ at position \d+/gu, "");
    const where = `${name} at position ${position + this.#program.offset}`;
    return new InvalidInput({ field: "expression", description: `${where}: ${truncate(inner, 200)}` });
  }

  *#extreme(operation: "min" | "max", operands: readonly number[], context: Context): Work<Value> {
    let result: Value | undefined;
    for (const operand of operands) {
      const value = this.#value(operand);
      result = result === undefined ? value : extremeOf(operation, result, value, context);
      if (this.#meter.pauseIsDue()) yield;
    }
    if (result === undefined) throw new Error(`${operation} has no operands`);
    return result;
  }

  // biome-ignore lint/correctness/useYield: it is an attempt like the others, one that needs no pause
  *#format(index: number, context: Context): Work<ShownValue> {
    return formatValue(this.#value(index), this.#digits, context);
  }

  #undefinedAt(position: number, operation: string, { message, operand }: UndefinedResult): InvalidInput {
    const symbol = /^\w/u.test(operation) ? operation : `"${operation}"`;
    const where = `${symbol} at position ${position + this.#program.offset}`;
    return new InvalidInput({ field: "expression", description: `${where} ${message}${this.#got(operand)}` });
  }

  #got(operand: Value | undefined): string {
    if (operand === undefined) return "";
    const { text } = formatValue(operand, 10, { precision: MAX_PRECISION, final: true, meter: this.#meter });
    return `: got ${truncate(text, 40)}`;
  }

  #node(index: number): ProgramNode {
    const node = this.#program.nodes[index];
    if (node === undefined) throw new Error(`the program has no node ${index}`);
    return node;
  }

  #value(index: number): Value {
    const value = this.#values[index];
    if (value === undefined) throw new Error(`node ${index} is used before it is computed`);
    return value;
  }
}
