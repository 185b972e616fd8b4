import { type FieldViolation, InvalidInput } from "../../../domain/errors.ts";
import { hasVisible, textProblem } from "../../../domain/text-problem.ts";

/** The longest name, in Unicode code points: what every language runtime can count alike, unlike grapheme clusters. */
const MAX_NAME_LENGTH = 200;

/**
 * Says what is wrong with a name, or nothing. A name has 1 to 200 code points of any script, something visible among
 * them, and is one line of text that can be shown beside others (see `textProblem`). It is taken as sent: spaces around it
 * are neither removed nor refused.
 */
export function nameViolation(name: string): FieldViolation | undefined {
  const problem = problemOf(name);
  return problem === undefined ? undefined : { field: "name", description: problem };
}

/** Raises InvalidInput for the field `name` unless it is a name. */
export function checkName(name: string): void {
  const violation = nameViolation(name);
  if (violation !== undefined) throw new InvalidInput(violation);
}

function problemOf(name: string): string | undefined {
  if (name === "") return `must have 1 to ${MAX_NAME_LENGTH} characters: got none`;
  if (isTooLong(name)) return `must have 1 to ${MAX_NAME_LENGTH} characters: got more than ${MAX_NAME_LENGTH}`;
  const problem = textProblem(name, "line");
  if (problem !== undefined) return problem;
  if (!hasVisible(name)) return `must have 1 to ${MAX_NAME_LENGTH} characters, one of them visible: got only blanks`;
  return undefined;
}

function isTooLong(name: string): boolean {
  // A code point takes at most two units, so a huge name need not be walked to know.
  return name.length > 2 * MAX_NAME_LENGTH || [...name].length > MAX_NAME_LENGTH;
}
