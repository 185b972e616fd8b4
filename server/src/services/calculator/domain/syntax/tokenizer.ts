/** A piece of an expression, and where it is: from `start` to before `end`, in UTF-16 code units from 0. */
export interface Token {
  readonly kind: "number" | "name" | "symbol" | "end" | "unknown";
  /** As it is written, but names in lower case and typographic symbols as the ASCII ones: `×` is `*`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WHITESPACE = /\s*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iuy;
const NAME = /[a-z_][a-z_0-9]*/iuy;
const SYMBOLS = "+-*/%^!(),";
const aliases: ReadonlyMap<string, string> = new Map([
  ["×", "*"],
  ["·", "*"],
  ["⋅", "*"],
  ["÷", "/"],
  ["−", "-"],
]);

/** Reads the token that comes next at or after `position`. Anything that no expression has is of the kind unknown. */
export function nextToken(text: string, position: number): Token {
  const start = position + lengthOfMatch(WHITESPACE, text, position);
  if (start >= text.length) return { kind: "end", text: "", start, end: start };
  const digits = lengthOfMatch(NUMBER, text, start);
  if (digits > 0) return { kind: "number", text: text.slice(start, start + digits), start, end: start + digits };
  const letters = lengthOfMatch(NAME, text, start);
  if (letters > 0) {
    return { kind: "name", text: text.slice(start, start + letters).toLowerCase(), start, end: start + letters };
  }
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const end = start + character.length;
  if (character === "π") return { kind: "name", text: "pi", start, end };
  const symbol = aliases.get(character) ?? character;
  return { kind: SYMBOLS.includes(symbol) ? "symbol" : "unknown", text: symbol, start, end };
}

function lengthOfMatch(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0].length ?? 0;
}
