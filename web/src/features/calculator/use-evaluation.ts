import { Code, type ConnectError } from "@connectrpc/connect";
import { useQuery } from "@connectrpc/connect-query";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { useMemo, useState } from "react";
import { type ExpressionProblem, expressionProblem } from "./expression-problem.ts";
import { lengthSentence } from "./longest-expression.ts";
import { useSettled } from "./use-settled.ts";

/** The value of an expression. */
export interface Value {
  readonly kind: "value";
  /** In decimal notation. */
  readonly value: string;
  readonly exact: boolean;
  /** How many significant digits a value that is not exact was rounded to. */
  readonly digits: number;
}

/** What became of an evaluation. */
export type Outcome =
  | Value
  | { readonly kind: "problem"; readonly problem: ExpressionProblem }
  | { readonly kind: "failed"; readonly error: ConnectError };

/** What is known about the expression while it is typed. */
export interface Evaluation {
  /** The latest outcome; of an earlier expression while not `fresh`. Absent for a blank expression. */
  readonly outcome: Outcome | undefined;
  /**
   * The value of the expression, or while not `fresh` the latest one, until it is known what the expression comes to. Absent
   * where that is no value: below an expression stands nothing that another came to.
   */
  readonly value: Value | undefined;
  /** Whether `outcome` is that of the expression as it stands. */
  readonly fresh: boolean;
  /** Asks the server again. */
  readonly retry: () => void;
}

/** How long typing must rest before the server is asked, in milliseconds: less than a person notices. */
const rest = 80;
/** How often a server that cannot be reached is asked again, in milliseconds. */
const again = 3_000;

/** Evaluates an expression as it is typed. Calls whose answer is no longer wanted are cancelled. */
export function useEvaluation(expression: string, digits: number): Evaluation {
  const settled = useSettled(expression, rest);
  const settledDigits = useSettled(digits, rest);
  const { data, error, refetch } = useQuery(
    CalculatorService.method.evaluate,
    { expression: settled, digits: settledDigits },
    {
      enabled: settled.trim() !== "" && lengthSentence(settled) === undefined,
      // What an expression comes to does not change.
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchInterval: ({ state }) => (state.error?.code === Code.Unavailable ? again : false),
    },
  );
  const current = useMemo(
    () => tooLong(settled) ?? outcomeOf(data, error, settledDigits),
    [settled, data, error, settledDigits],
  );
  const [last, setLast] = useState<Outcome>();
  const isBlank = expression.trim() === "";
  if (isBlank && last !== undefined) setLast(undefined);
  if (!isBlank && current !== undefined && current !== last) setLast(current);
  const outcome = isBlank ? undefined : (current ?? last);
  return {
    outcome,
    value: outcome?.kind === "value" ? outcome : undefined,
    fresh: isBlank || (current !== undefined && settled === expression && settledDigits === digits),
    retry: () => void refetch(),
  };
}

function tooLong(expression: string): Outcome | undefined {
  const sentence = lengthSentence(expression);
  if (sentence === undefined) return undefined;
  return { kind: "problem", problem: { kind: "syntax", sentence, position: undefined } };
}

function outcomeOf(
  data: { readonly value: string; readonly exact: boolean } | undefined,
  error: ConnectError | null,
  digits: number,
): Outcome | undefined {
  if (error !== null) {
    const problem = expressionProblem(error);
    return problem === undefined ? { kind: "failed", error } : { kind: "problem", problem };
  }
  return data === undefined ? undefined : { kind: "value", value: data.value, exact: data.exact, digits };
}
