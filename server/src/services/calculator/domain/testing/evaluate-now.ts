import type { DomainError } from "../../../../domain/errors.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { evaluateSteps } from "../evaluate/evaluate-steps.ts";
import type { ShownValue } from "../evaluate/format.ts";
import type { Step } from "../evaluate/step.ts";
import type { Meter } from "../meter.ts";
import { evaluateLines } from "../notebook/evaluate-lines.ts";
import type { LineOutcome } from "../notebook/notebook.ts";
import { type Plot, type PlotPoint, plot } from "../notebook/plot.ts";
import type { Work } from "../work.ts";

/** Does all slices of the work at once. */
export function workNow<T>(work: Work<T>): T {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}

/** Evaluates without pauses. */
export function evaluateNow(expression: string, digits = 0, meter?: Meter): ShownValue {
  return workNow(evaluate(expression, digits, meter));
}

/** All steps, without the pauses between them. */
export function stepsNow(expression: string, digits = 0, meter?: Meter): Step[] {
  return [...evaluateSteps(expression, digits, meter)].filter((step) => step !== undefined);
}

/** What comes of all lines, without the pauses between them. */
export function linesNow(lines: readonly string[], digits = 0, meter?: Meter): LineOutcome[] {
  return [...evaluateLines(lines, digits, meter)].filter((outcome) => outcome !== undefined);
}

/** All points, without the pauses between them. */
export function pointsNow(asked: Partial<Plot> & Pick<Plot, "expression">, meter?: Meter): PlotPoint[] {
  const settings = { lines: [], from: "0", to: "1", points: 3, digits: 0, ...asked };
  return [...plot(settings, meter)].filter((point) => point !== undefined);
}

/** What the call throws, or what it returns when it does not. */
export function outcomeOf<T>(call: () => T): T | DomainError {
  try {
    return call();
  } catch (error) {
    return error as DomainError; // The tests look at what it really is.
  }
}

/** The most units that the meter counted between two pauses of the work, which may end in an error. */
export function longestSlice(work: Work<unknown>, meter: Meter): number {
  let longest = 0;
  for (let [before, done] = [0, false]; !done; before = meter.spent) {
    const slice = outcomeOf(() => work.next());
    done = slice instanceof Error || slice.done === true;
    longest = Math.max(longest, meter.spent - before);
  }
  return longest;
}
