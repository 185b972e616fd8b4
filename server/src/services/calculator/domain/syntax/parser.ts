import { InvalidInput, TooMuchWork } from "../../../../domain/errors.ts";
import { MAX_EXPRESSION_LENGTH, MAX_NESTING } from "../limits.ts";
import type { Meter } from "../meter.ts";
import { type Exact, exactDecimal, zero } from "../number/exact.ts";
import { functions } from "../number/functions.ts";
import type { Work } from "../work.ts";
import type { ConstantName, FunctionDefinition, Meaning, Names, Program, ProgramNode } from "./program.ts";
import { syntaxError } from "./syntax-error.ts";
import { nextToken, type Token } from "./tokenizer.ts";

// How tightly operators bind. A sign before a number binds less than a power: -2^2 is -4.
const binary: ReadonlyMap<string, number> = new Map([
  ["+", 1],
  ["-", 1],
  ["*", 2],
  ["/", 2],
  ["%", 2],
  ["^", 4],
]);
const PREFIX_PRECEDENCE = 3;
const operandExpected = 'a number, "(" or a function';

// In the meter's units, for reading a token and for the node it may become.
const TOKEN_COST = 1;

type Expected = "operand" | "operator" | "nothing";

type Pending =
  | { readonly kind: "binary"; readonly operation: string; readonly precedence: number; readonly position: number }
  | { readonly kind: "prefix"; readonly operation: "negate" | "plus"; readonly position: number }
  | { readonly kind: "group"; readonly position: number }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly position: number;
      readonly operands: number[];
      /** Absent for the calculator's own. */
      readonly definition: FunctionDefinition | undefined;
    };

/**
 * Reads an expression. Powers group from the right, everything else from the left; from the loosest to the tightest:
 * `+ -`, `* / %`, signs, `^`, `!`. InvalidInput for `expression` says where the syntax is wrong and what was expected;
 * TooMuchWork is for nesting that is too deep. Names that are not the calculator's own are looked up in `names`, if there are any.
 */
export function* parse(expression: string, meter: Meter, names?: Names): Work<Program> {
  checkNesting(expression);
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    throw invalid(`must be at most 10,000 characters: got ${expression.length}`);
  }
  const text = expression.trim();
  if (text === "") throw invalid("must not be empty");
  return { text, ...(yield* new Parser(expression, expression.indexOf(text), names).parse(meter)) };
}

/** Counts before anything else, so that no depth of parentheses is answered by what comes after it. */
function checkNesting(expression: string): void {
  let depth = 0;
  const end = Math.min(expression.length, MAX_EXPRESSION_LENGTH);
  for (let i = 0; i < end; i += 1) {
    const character = expression[i];
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth > MAX_NESTING) throw new TooMuchWork("parentheses must be nested at most 1,000 deep");
  }
}

function invalid(description: string): InvalidInput {
  return new InvalidInput({ field: "expression", description });
}

/** Dijkstra's two stacks instead of recursion, so that no expression can exhaust the call stack. */
class Parser {
  readonly #text: string;
  readonly #offset: number;
  readonly #names: Names | undefined;
  readonly #nodes: ProgramNode[] = [];
  readonly #operands: number[] = [];
  readonly #pending: Pending[] = [];
  #position = 0;

  constructor(text: string, offset: number, names: Names | undefined) {
    this.#text = text;
    this.#offset = offset;
    this.#names = names;
  }

  *parse(meter: Meter): Work<{ nodes: ProgramNode[]; offset: number }> {
    let expected: Expected = "operand";
    while (expected !== "nothing") {
      meter.spend(TOKEN_COST);
      if (meter.pauseIsDue()) yield;
      const token = this.#next();
      expected = expected === "operand" ? this.#readOperand(token) : this.#readOperator(token);
    }
    return { nodes: this.#nodes, offset: this.#offset };
  }

  #next(): Token {
    const token = nextToken(this.#text, this.#position);
    this.#position = token.end;
    return token;
  }

  /** Takes a number or constant, or a sign, parenthesis or function before it. */
  #readOperand(token: Token): Expected {
    const { kind, text, start: position } = token;
    if (kind === "number") return this.#leaf(token, { kind: "number", value: parseNumber(text) });
    if (isConstant(text)) return this.#leaf(token, { kind: "constant", name: text });
    if (kind === "name") return this.#readName(token);
    else if (text === "(") this.#pending.push({ kind: "group", position });
    else if (text === "-") this.#pending.push({ kind: "prefix", operation: "negate", position });
    else if (text === "+") this.#pending.push({ kind: "prefix", operation: "plus", position });
    else throw syntaxError(operandExpected, token);
    return "operand";
  }

  /** Takes a function with its parenthesis, or what a name stands for. */
  #readName(name: Token): Expected {
    const meaning = maxArguments(name.text) > 0 ? undefined : this.#lookUp(name);
    if (meaning !== undefined && meaning.kind !== "function") return this.#leaf(name, meaning);
    const open = this.#next();
    if (open.text !== "(") throw syntaxError(`"(" after ${name.text}`, open);
    const definition = meaning?.definition;
    this.#pending.push({ kind: "call", name: name.text, position: name.start, operands: [], definition });
    return "operand";
  }

  #lookUp(name: Token): Meaning {
    if (this.#names === undefined) throw syntaxError(operandExpected, name);
    return this.#names.lookUp(name.text, name.start);
  }

  /** Takes what may follow an operand. */
  #readOperator(token: Token): Expected {
    const { text, start, end } = token;
    const precedence = binary.get(text);
    if (text === "!") this.#operation("!", [this.#popOperand()], start, undefined, end);
    else if (precedence !== undefined) {
      this.#reduce(text === "^" ? precedence + 1 : precedence);
      this.#pending.push({ kind: "binary", operation: text, precedence, position: start });
      return "operand";
    } else {
      this.#reduce(0);
      if (token.kind === "end" && this.#pending.length === 0) return "nothing";
      if (text === "," && this.#takeArgument()) return "operand";
      if (text !== ")" || !this.#close(end)) throw syntaxError(this.#expectedOperator(), token);
    }
    return "operator";
  }

  #takeArgument(): boolean {
    const call = this.#pending.at(-1);
    if (call?.kind !== "call" || call.operands.length + 1 >= argumentsOf(call)) return false;
    call.operands.push(this.#popOperand());
    return true;
  }

  #close(end: number): boolean {
    const opened = this.#pending.pop();
    if (opened === undefined) return false;
    const operand = this.#popOperand();
    if (opened.kind !== "call") this.#replace(operand, opened.position, end);
    else if (opened.definition !== undefined) this.#call(opened.name, opened.definition, operand, opened.position, end);
    else this.#operation(opened.name, [...opened.operands, operand], opened.position, opened.position, end);
    return true;
  }

  #replace(operand: number, start: number, end: number): void {
    const node = this.#nodes[operand];
    if (node !== undefined) this.#nodes[operand] = { ...node, start: start - this.#offset, end: end - this.#offset };
    this.#operands.push(operand);
  }

  #expectedOperator(): string {
    const within = this.#pending.at(-1);
    if (within === undefined) return "an operator or the end";
    if (within.kind !== "call") return 'an operator or ")"';
    return within.operands.length + 1 < argumentsOf(within) ? 'an operator, "," or ")"' : 'an operator or ")"';
  }

  /** Applies the pending operators that bind at least so tightly. */
  #reduce(precedence: number): void {
    for (;;) {
      const top = this.#pending.at(-1);
      if (top?.kind === "binary" && top.precedence >= precedence) {
        const right = this.#popOperand();
        this.#operation(top.operation, [this.#popOperand(), right], top.position);
      } else if (top?.kind === "prefix" && PREFIX_PRECEDENCE >= precedence) {
        this.#operation(top.operation, [this.#popOperand()], top.position, top.position);
      } else return;
      this.#pending.pop();
    }
  }

  #popOperand(): number {
    const operand = this.#operands.pop();
    if (operand === undefined) throw new Error("an operator is read only after its operands");
    return operand;
  }

  #leaf(token: Token, leaf: LeafContent): Expected {
    const start = token.start - this.#offset;
    this.#push({ ...leaf, start, end: token.end - this.#offset, first: this.#nodes.length });
    return "operator";
  }

  /** Adds an operation. Where it starts and ends before or after its operands, that is given. */
  #operation(operation: string, operands: number[], position: number, start?: number, end?: number): void {
    const first = this.#nodes[operands.at(0) ?? 0];
    const last = this.#nodes[operands.at(-1) ?? 0];
    this.#push({
      kind: "operation",
      operation,
      operands,
      position: position - this.#offset,
      start: start === undefined ? (first?.start ?? 0) : start - this.#offset,
      end: end === undefined ? (last?.end ?? 0) : end - this.#offset,
      first: first?.first ?? 0,
    });
  }

  #call(name: string, definition: FunctionDefinition, operand: number, position: number, end: number): void {
    const start = position - this.#offset;
    const first = this.#nodes[operand]?.first ?? 0;
    this.#push({ kind: "call", name, definition, operand, position: start, start, end: end - this.#offset, first });
  }

  #push(node: ProgramNode): void {
    this.#operands.push(this.#nodes.length);
    this.#nodes.push(node);
  }
}

type LeafContent =
  | { readonly kind: "number"; readonly value: Exact }
  | { readonly kind: "constant"; readonly name: ConstantName }
  | Exclude<Meaning, { kind: "function" }>;

/** Whether a name is the calculator's own, so that nothing else can have it. */
export function isReserved(name: string): boolean {
  return isConstant(name) || name === "ans" || maxArguments(name) > 0;
}

function isConstant(name: string): name is ConstantName {
  return name === "pi" || name === "e";
}

function argumentsOf({ name, definition }: Extract<Pending, { kind: "call" }>): number {
  return definition === undefined ? maxArguments(name) : 1;
}

function maxArguments(name: string): number {
  if (name === "min" || name === "max") return Number.POSITIVE_INFINITY;
  return functions.get(name)?.maxArguments ?? 0;
}

/** The number that digits with an optional point and exponent write. OutOfRange when it is too large or small to hold. */
function parseNumber(text: string): Exact {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const coefficient = BigInt(`0${whole}${fraction}`);
  if (coefficient === 0n) return zero;
  // Far beyond the range all exponents are alike; this keeps the arithmetic on them exact.
  const clamped = Math.max(-1e12, Math.min(1e12, Number(exponent)));
  return exactDecimal(coefficient, clamped - fraction.length);
}
