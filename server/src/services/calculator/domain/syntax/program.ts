import type { Exact } from "../number/exact.ts";

/** The names of constants. */
export type ConstantName = "pi" | "e";

interface NodePlace {
  /** Where it starts in the expression, in UTF-16 code units; the parentheses around it are part of it. */
  readonly start: number;
  /** Where it ends: the first code unit that is not part of it. */
  readonly end: number;
  /** The index of the first node of its operands, its own where it has none. All from there to it are part of it. */
  readonly first: number;
}

/** One number, constant or operation of an expression. Its operands are indices of nodes before it. */
export type ProgramNode = NodePlace &
  (
    | { readonly kind: "number"; readonly value: Exact }
    | { readonly kind: "constant"; readonly name: ConstantName }
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
