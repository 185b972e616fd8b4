import { type FieldViolation, InvalidInput } from "../../../domain/errors.ts";
import { lineProblem } from "../../../domain/line-problem.ts";

/** The longest name, in Unicode code points. */
const MAX_NAME_LENGTH = 200;

/** Says what is wrong with a name, or nothing: it is a line of 1 to 200 characters (see `lineProblem`). */
export function nameViolation(name: string): FieldViolation | undefined {
  const problem = lineProblem(name, MAX_NAME_LENGTH);
  return problem === undefined ? undefined : { field: "name", description: problem };
}

/** @throws InvalidInput for the field `name` unless it is a name. */
export function checkName(name: string): void {
  const violation = nameViolation(name);
  if (violation !== undefined) throw new InvalidInput(violation);
}
