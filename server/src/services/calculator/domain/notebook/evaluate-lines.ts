import { InvalidInput } from "../../../../domain/errors.ts";
import { significantDigits } from "../evaluate/digits.ts";
import { MAX_LINES, MAX_NOTEBOOK_LENGTH } from "../limits.ts";
import { Meter } from "../meter.ts";
import { type LineOutcome, Notebook } from "./notebook.ts";

/**
 * Evaluates the lines of a notebook, lazily: a line is evaluated when its outcome is asked for, and between outcomes there are `undefined`
 * ones, at which others may run. InvalidInput for `lines` or `digits`; what is wrong with a line is its outcome.
 */
export function* evaluateLines(
  lines: readonly string[],
  digits: number,
  meter = new Meter(),
): Generator<LineOutcome | undefined, void> {
  checkLines(lines);
  const notebook = new Notebook(significantDigits(digits), meter);
  for (const line of lines) {
    const outcome = yield* notebook.add(line);
    if (outcome !== undefined) yield outcome;
  }
}

/** InvalidInput for `lines` where they are too many, or too long together. */
export function checkLines(lines: readonly string[]): void {
  if (lines.length > MAX_LINES) throw invalid(`must be at most 200 lines: got ${lines.length}`);
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  if (length > MAX_NOTEBOOK_LENGTH) throw invalid(`must be at most 20,000 characters together: got ${length}`);
}

function invalid(description: string): InvalidInput {
  return new InvalidInput({ field: "lines", description });
}
