import { Code, ConnectError } from "@connectrpc/connect";
import { fieldViolations } from "../../errors/field-violations.ts";

/** What is wrong with an expression itself, as opposed to a call that failed. */
export interface ExpressionProblem {
  /**
   * `unfinished` where only more text is missing, `syntax` where something else stands than what was expected,
   * `undefined-result` where the mathematics has no answer, as for 1/0.
   */
  readonly kind: "unfinished" | "syntax" | "undefined-result";
  /** One sentence for people. */
  readonly sentence: string;
  /** Where, in UTF-16 code units from the start of the expression; absent when it concerns the whole. */
  readonly position: number | undefined;
}

/** The problem that an error reports for the field `expression`; undefined for any other error. */
export function expressionProblem(error: unknown): ExpressionProblem | undefined {
  if (!(error instanceof ConnectError) || error.code !== Code.InvalidArgument) return undefined;
  const description = fieldViolations(error).get("expression");
  return description === undefined ? undefined : readDescription(description);
}

/** What is wrong, from what the server says of an expression or of a line with one. */
export function readDescription(description: string): ExpressionProblem {
  const [, expected = "", at = "", got = ""] = /^expected (.+) at position (\d+): got (.+)$/su.exec(description) ?? [];
  if (expected === "") {
    const position = /\bposition (\d+)/u.exec(description)?.[1];
    return {
      kind: "undefined-result",
      sentence: asSentence(description.replace(/ at position \d+/u, "").replace(/: got (?=[^:]*$)/u, ", not ")),
      position: position === undefined ? undefined : Number(position),
    };
  }
  if (got === "the end") {
    return { kind: "unfinished", sentence: `Next comes ${withQuotes(expected)}.`, position: Number(at) };
  }
  return {
    kind: "syntax",
    sentence: `Expected ${withQuotes(expected)}, but here is ${withQuotes(got)}.`,
    position: Number(at),
  };
}

/** Typographic quotation marks around what the server quotes as JSON. */
function withQuotes(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"/gu, (_quoted, inner: string) => `“${inner.replace(/\\(["\\])/gu, "$1")}”`);
}

/** `must …` is said of the whole expression; anything else names what it is said of, as it is written. */
function asSentence(text: string): string {
  const subject = text.startsWith("must ") ? "The expression " : "";
  return `${subject}${withQuotes(text)}.`;
}
