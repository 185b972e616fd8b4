import type { EvaluateLinesResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";

/**
 * What is known of the lines while a call is under way: what it has sent, and after the last line of that, what was known before. Once it
 * is done, only what it has sent.
 */
export function mergeOutcomes(
  before: readonly EvaluateLinesResponse[],
  sent: readonly EvaluateLinesResponse[],
  isDone: boolean,
): readonly EvaluateLinesResponse[] {
  const last = sent.at(-1)?.line ?? 0;
  return isDone ? sent : [...sent, ...before.filter(({ line }) => line > last)];
}

/** The call of the function of `x` that is defined last; undefined where there is none. */
export function lastFunction(outcomes: readonly EvaluateLinesResponse[]): string | undefined {
  const name = outcomes.findLast(({ outcome }) => outcome.case === "function")?.name;
  return name === undefined ? undefined : `${name}(x)`;
}
