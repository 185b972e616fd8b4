import type { ProgramNode } from "../syntax/program.ts";
import type { ShownValue } from "./format.ts";
import type { Step } from "./step.ts";

const OPERATOR_BEFORE = /[-+*/%^×·⋅÷−]\s*$/u;
const TIGHTER_AFTER = /^\s*[!^]/u;
const NEIGHBOURHOOD = 64;

/** An expression in which nodes are replaced by their values, in the order of evaluation. */
export class RewrittenText {
  #text: string;
  // How much longer the replacements so far have made the text; and how much when each node's turn came.
  #growth = 0;
  readonly #growthBefore: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The text as it is now. */
  get current(): string {
    return this.#text;
  }

  /** Has to be called for each node in order, before any replacement of that node. */
  startNode(): void {
    this.#growthBefore.push(this.#growth);
  }

  /** Replaces the node last started. All replacements so far are before it or within it. */
  replace(node: ProgramNode, value: ShownValue): Step {
    // What was replaced before its first operand moved its start; what was replaced since moved only its end.
    const start = node.start + (this.#growthBefore[node.first] ?? 0);
    return this.#replaceRange(start, node.end + this.#growth, value);
  }

  /** Replaces the whole text. */
  replaceAll(value: ShownValue): Step {
    return this.#replaceRange(0, this.#text.length, value);
  }

  #replaceRange(start: number, end: number, value: ShownValue): Step {
    const expression = this.#text;
    const replacement = this.#needsParentheses(start, end, value.text) ? `(${value.text})` : value.text;
    const result = expression.slice(0, start) + replacement + expression.slice(end);
    this.#text = result;
    this.#growth += replacement.length - (end - start);
    return { expression, start, end, value, result };
  }

  /** A negative number needs them after an operator, for reading, and before a power or factorial, for its meaning. */
  #needsParentheses(start: number, end: number, value: string): boolean {
    if (!value.startsWith("-")) return false;
    const before = this.#text.slice(Math.max(0, start - NEIGHBOURHOOD), start);
    const after = this.#text.slice(end, end + NEIGHBOURHOOD);
    return OPERATOR_BEFORE.test(before) || TIGHTER_AFTER.test(after);
  }
}
