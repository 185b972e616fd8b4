import { Code } from "@connectrpc/connect";
import {
  type EvaluateLinesResponse,
  FailureKind,
  type LineFailure,
} from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { calculationSentence } from "../calculation-sentence.ts";
import { readDescription } from "../expression-problem.ts";

/** A line's outcome in words. */
export interface LineText {
  /** `=` or `≈` with the value, what a function is, or a sentence on what is wrong. */
  readonly text: string;
  readonly kind: "exact" | "rounded" | "function" | "unfinished" | "wrong";
  /** The value alone, for who wants to copy it. */
  readonly value?: string;
}

/** What to show of what came of a line. */
export function lineText({ name, outcome }: EvaluateLinesResponse): LineText {
  switch (outcome.case) {
    case "value": {
      const { value, exact } = outcome.value;
      return { text: `${exact ? "=" : "≈"} ${value}`, kind: exact ? "exact" : "rounded", value };
    }
    case "function":
      return { text: `${name} is a function of ${outcome.value.parameter}`, kind: "function" };
    case "failure":
      return failureText(outcome.value);
    default:
      // A kind of outcome that this page is too old for.
      return { text: "", kind: "function" };
  }
}

/** What is wrong with a line or a point, in a sentence. */
export function failureText({ kind, description }: LineFailure): LineText {
  if (kind === FailureKind.OUT_OF_RANGE) return { text: calculationSentence(Code.OutOfRange), kind: "wrong" };
  if (kind === FailureKind.TOO_MUCH_WORK) return { text: calculationSentence(Code.ResourceExhausted), kind: "wrong" };
  const problem = readDescription(description);
  return { text: problem.sentence, kind: problem.kind === "unfinished" ? "unfinished" : "wrong" };
}
