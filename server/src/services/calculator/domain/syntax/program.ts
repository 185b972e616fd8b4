import type { Exact } from "../number/exact.ts";
import type { Value } from "../number/value.ts";
import type { Work } from "../work.ts";

/** The names of constants. */
export type ConstantName = "pi" | "e";

/** A number that was computed elsewhere, of which there are as many digits as anybody needs. */
export interface ValueSource {
  /**
   * The value with so many decimal digits, or exactly. Undecided where with so many it cannot be told what it is, TooMuchWork where the
   * budget is used up.
   */
  valueAt(precision: number): Work<Value>;
}

/** A function of one parameter that an expression may call. */
export interface FunctionDefinition {
  /** What it computes, in which nodes of the kind `parameter` stand for the argument. */
  readonly body: Program;
}

/** What a name stands for in an expression. */
export type Meaning =
  | { readonly kind: "variable"; readonly source: ValueSource }
  | { readonly kind: "function"; readonly definition: FunctionDefinition }
  | { readonly kind: "parameter" };

/** The names that an expression may use beside the calculator's own. */
export interface Names {
  /** What a name stands for. InvalidInput for `expression`, with the position that is given, where that is nothing. */
  lookUp(name: string, position: number): Meaning;
}

interface NodePlace {
  /** Where it starts in the expression, in UTF-16 code units; the parentheses around it are part of it. */
  readonly start: number;
  /** Where it ends: the first code unit that is not part of it. */
  readonly end: number;
  /** The index of the first node of its operands, its own where it has none. All from there to it are part of it. */
  readonly first: number;
}

/** One number, constant, name or operation of an expression. Its operands are indices of nodes before it. */
export type ProgramNode = NodePlace &
  (
    | { readonly kind: "number"; readonly value: Exact }
    | { readonly kind: "constant"; readonly name: ConstantName }
    | { readonly kind: "variable"; readonly source: ValueSource }
    | { readonly kind: "parameter" }
    | {
        /** A function of the caller's own, with its argument. */
        readonly kind: "call";
        readonly name: string;
        readonly definition: FunctionDefinition;
        readonly operand: number;
        /** Where its name is. */
        readonly position: number;
      }
    | {
        readonly kind: "operation";
        /** A symbol, the name of a function, or `negate` and `plus` for signs. */
        readonly operation: string;
        readonly operands: readonly number[];
        /** Where its symbol or name is. */
        readonly position: number;
      }
  );

/** An expression as a list: each node comes after its operands, in the order of evaluation; the last is the whole. */
export interface Program {
  /** The expression without white space around it. */
  readonly text: string;
  /** How many code units of white space came before `text` in what the caller sent. */
  readonly offset: number;
  readonly nodes: readonly ProgramNode[];
}
